using ExchangeBus.Agencies;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Contracts;

namespace ExchangeBus.Checks;

/// <summary>:: Step 2 of the walk. Says everything that is wrong with an event, or nothing.</summary>
internal sealed class EventChecks(EventTypeCatalogue catalogue)
{
    /// <summary>Checks an event that a system hands in.</summary>
    internal Outcome Check(CloudEvent cloudEvent, AgencySystem sender)
    {
        if (!string.Equals(cloudEvent.Source, sender.Source, StringComparison.Ordinal))
            return new(Verdict.Forbidden, [Rejections.ForeignSource(sender.Source)]);
        if (!sender.MayPublish(cloudEvent.Type))
            return new(Verdict.Forbidden, [Rejections.MayNotPublish(cloudEvent.Type)]);
        return CheckContent(cloudEvent);
    }

    /// <summary>Checks what an event says, whoever hands it in: the bus's own procedures pass here too.</summary>
    internal Outcome CheckContent(CloudEvent cloudEvent)
    {
        if (catalogue.Find(cloudEvent.Type) is not { } type)
            return new(Verdict.Invalid, [Rejections.UnknownType()]);
        if (cloudEvent.Data.IsEmpty)
            return new(Verdict.Invalid, [Rejections.NoData()]);

        List<Violation>? violations = null;
        foreach (var reserved in ReservedAttributes)
        {
            if (cloudEvent[reserved] is not null)
                (violations ??= []).Add(Rejections.Reserved(reserved));
        }

        foreach (var personal in PersonalNumberRule.Check(cloudEvent))
            (violations ??= []).Add(personal);
        if (!type.Schema.IsValid(cloudEvent.Data.Span))
            (violations ??= []).AddRange(type.Schema.Validate(cloudEvent.Data.Span).Select(Rejections.OfSchema));
        else if (SubjectRule.Check(cloudEvent) is { } otherSubject)
            (violations ??= []).Add(otherSubject);
        return violations is null ? Outcome.Valid : new(Verdict.Invalid, violations);
    }

    // Written by the bus on acceptance or delivery; a publisher that sets them would be believed by a subscriber.
    private static readonly string[] ReservedAttributes =
    [
        ExtensionAttributes.RecordedTime, ExtensionAttributes.Sequence, ExtensionAttributes.PreviousSequence,
        ExtensionAttributes.WithheldFields, ExtensionAttributes.ReplayId,
    ];
}

/// <summary>What the checks say.</summary>
internal enum Verdict
{
    Valid,
    Invalid,
    Forbidden,
}

/// <summary>A verdict with every reason.</summary>
internal sealed record Outcome(Verdict Verdict, IReadOnlyList<Violation> Violations)
{
    internal static Outcome Valid { get; } = new(Verdict.Valid, []);
}
