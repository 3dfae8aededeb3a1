using System.Globalization;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>Number and validity of the health-insurance card of a child under six.</summary>
internal static class ChildHealthCard
{
    private const int SchoolMonth = 9, SchoolDay = 30;

    // Law on Health Insurance, article 16.3d: a child's card ends at the age of 72 months.
    private const int Months = 72;

    /// <summary><c>TE1</c> (child under six, full benefit), the province of residence, the social-insurance code.</summary>
    /// <param name="province">Two digits.</param>
    /// <param name="code">0 to 9,999,999,999.</param>
    internal static string Number(string province, long code) => string.Create(CultureInfo.InvariantCulture, $"TE1{province}{code:0000000000}");

    /// <summary>
    /// Last day of validity (Decree 146/2018/NĐ-CP, article 13.2): born by 30 September, until 30 September of the year in which
    /// the child is 72 months old; born later, until the last day of the month in which it is.
    /// </summary>
    internal static DateOnly ValidUntil(DateOnly born)
    {
        var end = born.AddMonths(Months);
        return (born.Month, born.Day).CompareTo((SchoolMonth, SchoolDay)) <= 0
            ? new DateOnly(end.Year, SchoolMonth, SchoolDay)
            : new DateOnly(end.Year, end.Month, DateTime.DaysInMonth(end.Year, end.Month));
    }
}
