using ExchangeBus.Checks.CodeLists;

namespace ExchangeBus.Checks.Rules;

/// <summary>What the rules know beside the body.</summary>
/// <param name="Units">Administrative units.</param>
/// <param name="Numbers">The numbers that hold on the event's day.</param>
/// <param name="Options">The bounds.</param>
/// <param name="EnvelopeDay">The event's date when the body does not name one: by the envelope, else by the bus's clock.</param>
/// <param name="Tomorrow">The last day that is not the future.</param>
internal sealed record RuleContext(AdministrativeUnits Units, RuleNumbers Numbers, ChecksOptions Options, DateOnly EnvelopeDay, PartialDay Tomorrow);
