namespace ExchangeBus.Procedures.Clock;

/// <summary>An agency will not answer for a while (Decree 47/2020, article 43).</summary>
/// <param name="Agency">Code of the agency.</param>
/// <param name="From">First moment.</param>
/// <param name="Until">Expected recovery, which the notice has to name.</param>
/// <param name="AnnouncedAt">When the notice was published.</param>
internal sealed record Maintenance(string Agency, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset AnnouncedAt)
{
    /// <summary>
    /// Whether the notice came early enough. The day of the notice does not count and the first day of the maintenance does: published on a Monday, seven
    /// working days are over with the Wednesday of the next week, and maintenance may begin on that day.
    /// </summary>
    internal bool IsAnnouncedInTime(WorkingCalendar calendar, int noticeDays)
    {
        var (announced, begins) = (TimeScale.DayOf(AnnouncedAt).DayNumber, TimeScale.DayOf(From).DayNumber);
        return AnnouncedAt <= From && calendar.Ordinal(begins) - calendar.Ordinal(announced) >= noticeDays;
    }
}
