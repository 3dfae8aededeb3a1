namespace ExchangeBus.SampleAgencies.Citizens;

/// <summary>The day in Vietnam, which keeps +07:00 all year.</summary>
internal static class VietnamDay
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    internal static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);
}
