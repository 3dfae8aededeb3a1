namespace ExchangeBus.SampleAgencies.CivilStatus;

/// <summary>
/// Personal identification numbers: three digits of the province of birth registration, one of century and gender, two of the
/// year of birth, six more (Decree 137/2015/NĐ-CP, article 13).
/// </summary>
internal static class PersonalId
{
    private const int Serials = 1_000_000;

    // Shares no factor with a million, so each serial has digits of its own, and neighbours do not look alike.
    private const long Spread = 480_007;

    /// <summary>The number of a serial, or null while the child's gender is not known: the fourth digit would have to be guessed.</summary>
    /// <param name="province">Two digits. Every code of the 34 provinces since July 2025 stands in the list of 63 before, which personal numbers begin with.</param>
    /// <param name="gender"><c>male</c>, <c>female</c> or <c>unknown</c>.</param>
    /// <param name="born">Day of birth, 1900 to 2399.</param>
    /// <param name="serial">Zero or above. A million serials in a row give different numbers.</param>
    internal static string? Of(string province, string gender, DateOnly born, long serial)
    {
        if (gender is not ("male" or "female"))
            return null;
        var century = (2 * ((born.Year / 100) - 19)) + (gender == "female" ? 1 : 0);
        return $"0{province}{century}{born.Year % 100:00}{serial % Serials * Spread % Serials:000000}";
    }
}
