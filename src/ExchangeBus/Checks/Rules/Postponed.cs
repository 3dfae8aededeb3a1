using ExchangeBus.Checks.Rules.Plans;

namespace ExchangeBus.Checks.Rules;

/// <summary>A check that needs the event's date, which may stand behind it in the body.</summary>
internal readonly record struct Postponed(PlanNode Node, FieldValue Value, PartialDay Birth, int FirstIndex, int SecondIndex)
{
    internal const int MaxIndexes = 2;
}
