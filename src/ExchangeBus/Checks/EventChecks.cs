using ExchangeBus.Agencies;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Checks.Rules.Text;
using ExchangeBus.Contracts;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Checks;

/// <summary>:: Step 2 of the walk. Says everything that is wrong with an event, or nothing.</summary>
internal sealed class EventChecks(
    EventTypeCatalogue catalogue, RuleBook rules, EventSignatureCheck signatures, IOptions<ChecksOptions> options, TimeProvider time)
{
    [ThreadStatic]
    private static Findings? _idle;

    /// <summary>Checks an event that a system hands in.</summary>
    internal Outcome Check(CloudEvent cloudEvent, AgencySystem sender)
    {
        if (!string.Equals(cloudEvent.Source, sender.Source, StringComparison.Ordinal))
            return new(Verdict.Forbidden, [Rejections.ForeignSource(sender.Source)]);
        if (!sender.MayPublish(cloudEvent.Type))
            return new(Verdict.Forbidden, [Rejections.MayNotPublish(cloudEvent.Type)]);
        var outcome = CheckContent(cloudEvent);
        return signatures.Check(cloudEvent, sender) is { } unsigned ? new(Verdict.Invalid, [.. outcome.Violations, unsigned]) : outcome;
    }

    /// <summary>Checks what an event says, whoever hands it in: the bus's own procedures pass here too.</summary>
    internal Outcome CheckContent(CloudEvent cloudEvent)
    {
        if (catalogue.Find(cloudEvent.Type) is not { } type)
            return new(Verdict.Invalid, [Rejections.UnknownType()]);
        if (cloudEvent.Data.IsEmpty)
            return new(Verdict.Invalid, [Rejections.NoData()]);

        var findings = _idle is { } idle && idle.Limit == options.Value.MaxViolations ? idle : new Findings(options.Value.MaxViolations);
        _idle = null;
        var now = time.GetUtcNow();
        CheckEnvelope(cloudEvent, PartialDay.InVietnam(now), findings);
        var composed = Compose(ref cloudEvent, findings);
        if (!type.Schema.IsValid(cloudEvent.Data.Span))
        {
            foreach (var violation in type.Schema.Validate(cloudEvent.Data.Span))
                findings.Add(Rejections.OfSchema(violation));
        }
        else if (SubjectRule.Check(cloudEvent) is { } otherSubject)
        {
            findings.Add(otherSubject);
        }

        // Whatever the schema says: the parts that can be read are judged, so that the sender hears everything at once.
        rules.Check(cloudEvent, now, findings);
        var outcome = findings.Take(composed ? cloudEvent.Data : default(ReadOnlyMemory<byte>?));
        _idle = findings;
        return outcome;
    }

    private void CheckEnvelope(CloudEvent cloudEvent, DateOnly today, Findings findings)
    {
        foreach (var reserved in ReservedAttributes)
        {
            if (cloudEvent[reserved] is not null)
                findings.Add(Rejections.Reserved(reserved));
        }

        PersonalNumberRule.Check(cloudEvent, rules.Lists.Units, today, findings);
    }

    /// <summary>The body is checked and kept composed, so that limits count letters; what is signed must not be altered.</summary>
    private static bool Compose(ref CloudEvent cloudEvent, Findings findings)
    {
        if (BodyComposition.Compose(cloudEvent.Data.Span) is not { } composed)
            return false;
        var rule = cloudEvent[ExtensionAttributes.Signature] is null ? TextRules.Decomposed : TextRules.DecomposedSigned;
        foreach (var pointer in composed.Pointers)
            findings.Add(rule.At(pointer));
        cloudEvent = cloudEvent with { Data = composed.Body };
        return true;
    }

    // Written by the bus on acceptance or delivery; a publisher that sets them would be believed by a subscriber.
    private static readonly string[] ReservedAttributes =
    [
        ExtensionAttributes.RecordedTime, ExtensionAttributes.Sequence, ExtensionAttributes.PreviousSequence,
        ExtensionAttributes.WithheldFields, ExtensionAttributes.ReplayId,
    ];
}
