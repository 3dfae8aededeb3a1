namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>The plan of one event type.</summary>
internal sealed record RulePlan(PlanNode Root, int Slots);
