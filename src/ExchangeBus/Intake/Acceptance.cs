using ExchangeBus.Agencies;
using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.Log;

namespace ExchangeBus.Intake;

/// <summary>What both doors do with an event: check it, write it to the log, answer with a receipt.</summary>
internal sealed class Acceptance(EventChecks checks, OrderKeys orderKeys, EventLog log)
{
    /// <exception cref="LogUnavailableException">Nothing is known to be accepted; the sender may send again.</exception>
    internal async Task<Answer> AcceptAsync(CloudEvent cloudEvent, AgencySystem sender, OriginalMessage? original = null)
    {
        var outcome = checks.Check(cloudEvent, sender);
        if (outcome.Verdict != Verdict.Valid)
            return Answer.Rejected(outcome.Verdict == Verdict.Forbidden ? AnswerKind.Forbidden : AnswerKind.Invalid, cloudEvent.Source, cloudEvent.Id, outcome.Violations);

        var newEvent = NewEvent.From(cloudEvent, orderKeys, original);
        var appended = await log.AppendAsync(newEvent);
        if (!appended.SameData)
            return Answer.Rejected(AnswerKind.Conflict, cloudEvent.Source, cloudEvent.Id, [Rejections.DifferentData()]);

        return new Answer(appended.Duplicate ? AnswerKind.Duplicate : AnswerKind.Accepted, new Receipt
        {
            Source = cloudEvent.Source,
            Id = cloudEvent.Id,
            Accepted = true,
            Sequence = appended.Sequence,
            RecordedTime = appended.RecordedAt,
            DataHash = Convert.ToHexStringLower(newEvent.DataHash),
            Duplicate = appended.Duplicate,
        });
    }
}

internal enum AnswerKind
{
    Accepted,
    Duplicate,
    Malformed,
    Invalid,
    Forbidden,
    Conflict,
}

/// <summary>A receipt, and which kind of answer it is at a door.</summary>
internal sealed record Answer(AnswerKind Kind, Receipt Receipt)
{
    internal static Answer Rejected(AnswerKind kind, string? source, string? id, IReadOnlyList<Violation> violations) =>
        new(kind, new Receipt { Source = source, Id = id, Accepted = false, Violations = violations });
}
