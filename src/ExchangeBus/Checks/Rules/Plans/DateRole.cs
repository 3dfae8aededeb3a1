namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>What a date is the date of.</summary>
internal enum DateRole : byte
{
    None,
    Birth,
    Death,
    Notice,
    Registration,
    Start,
    End,
    Due,
}
