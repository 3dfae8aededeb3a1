using System.Globalization;

namespace ExchangeBus.Intake.Dialects;

/// <summary>
/// The ways in which old systems write dates, read into the canonical partial date: yyyy-MM-dd, yyyyMMdd, dd/MM/yyyy, dd.MM.yyyy, each of the
/// last two also at midnight (HH:mm:ss), MM.yyyy and yyyy. The day stands before the month, always. What is not said is not filled in.
/// </summary>
internal static class EdgeDates
{
    private const int FirstYear = 1800, LastYear = 2199;

    private static readonly string[] Days =
        ["yyyy-MM-dd", "yyyyMMdd", "dd/MM/yyyy", "dd.MM.yyyy", "dd/MM/yyyy '00:00:00'", "dd.MM.yyyy '00:00:00'"];

    private static readonly (string[] Written, string Canonical)[] Forms =
        [(Days, "yyyy-MM-dd"), (["MM.yyyy", "MM/yyyy", "yyyy-MM"], "yyyy-MM"), (["yyyy"], "yyyy")];

    /// <summary>A day, a month or a year; null when the text is none of the forms.</summary>
    internal static string? ReadPartial(string text)
    {
        foreach (var (written, canonical) in Forms)
        {
            if (DateOnly.TryParseExact(text, written, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= FirstYear and <= LastYear)
                return date.ToString(canonical, CultureInfo.InvariantCulture);
        }

        return null;
    }

    /// <summary>A whole day; null for a month or a year, because the rest would have to be invented.</summary>
    internal static string? ReadDay(string text) => ReadPartial(text) is { Length: 10 } day ? day : null;

    /// <summary>dd/MM/yyyy HH:mm:ss, in Vietnamese time (+07:00 all year).</summary>
    internal static DateTimeOffset? ReadMoment(string text) =>
        DateTime.TryParseExact(text, "dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && moment.Year is >= FirstYear and <= LastYear
            ? new DateTimeOffset(moment, TimeSpan.FromHours(7))
            : null;

    internal static string WriteMoment(DateTimeOffset moment) =>
        moment.ToOffset(TimeSpan.FromHours(7)).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>yyyyMMdd, MM.yyyy or yyyy.</summary>
    internal static string WriteCompact(string partialDate) => partialDate.Split('-') switch
    {
        [var year, var month, var day] => year + month + day,
        [var year, var month] => $"{month}.{year}",
        _ => partialDate,
    };
}
