namespace ExchangeBus.Checks.Rules;

/// <summary>What was read at one place of a body, as far as rules need it. Nothing is allocated for it.</summary>
internal struct FieldValue
{
    /// <summary>False when the field is absent or is not of its form; the schema says that.</summary>
    internal bool IsRead;

    /// <summary>The digits of a number, or a gender's code.</summary>
    internal long Number;

    /// <summary>How many digits; of a health card, whether it is a child's.</summary>
    internal int Digits;

    /// <summary>A date, or the year and facility that a number names.</summary>
    internal PartialDay Day;
}
