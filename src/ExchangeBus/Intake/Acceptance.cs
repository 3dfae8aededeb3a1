using ExchangeBus.Agencies;
using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.Log;

namespace ExchangeBus.Intake;

/// <summary>What a door hands in: an event of a sender, or the answer that is certain already because it could not be read.</summary>
internal sealed record Candidate(AgencySystem? Sender, CloudEvent? Event, Answer? Refusal = null, OriginalMessage? Original = null);

/// <summary>What all doors do with events: check them, write them to the log together, answer each with a receipt.</summary>
internal sealed class Acceptance(EventChecks checks, OrderKeys orderKeys, EventLog log)
{
    internal async Task<Answer> AcceptAsync(CloudEvent cloudEvent, AgencySystem sender) =>
        (await AcceptAsync([new Candidate(sender, cloudEvent)]))[0];

    /// <summary>Takes events in their order; those that are refused do not hold the others back.</summary>
    /// <exception cref="LogUnavailableException">None is accepted; all may be sent again.</exception>
    internal async Task<Answer[]> AcceptAsync(IReadOnlyList<Candidate> candidates)
    {
        var answers = new Answer?[candidates.Count];
        var accepted = new List<(int Index, NewEvent Event)>(candidates.Count);
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = candidates[i].Refusal ?? Refuse(candidates[i]);
            if (answers[i] is null)
                accepted.Add((i, NewEvent.From(candidates[i].Event!, orderKeys, candidates[i].Original)));
        }

        var appended = log.Append(accepted.ConvertAll(a => a.Event));
        for (var i = 0; i < appended.Length; i++)
            answers[accepted[i].Index] = await AnswerAsync(accepted[i].Event, appended[i]);
        return answers!;
    }

    private Answer? Refuse(Candidate candidate)
    {
        var outcome = checks.Check(candidate.Event!, candidate.Sender!);
        return outcome.Verdict == Verdict.Valid
            ? null
            : Answer.Rejected(outcome.Verdict == Verdict.Forbidden ? AnswerKind.Forbidden : AnswerKind.Invalid, candidate.Event!.Source, candidate.Event.Id, outcome.Violations);
    }

    private static async Task<Answer> AnswerAsync(NewEvent newEvent, Task<Appended> appending)
    {
        var (source, id) = (newEvent.Event.Source, newEvent.Event.Id);
        try
        {
            var appended = await appending;
            if (!appended.SameData)
                return Answer.Rejected(AnswerKind.Conflict, source, id, [Rejections.DifferentData()]);
            return new Answer(appended.Duplicate ? AnswerKind.Duplicate : AnswerKind.Accepted, new Receipt
            {
                Source = source,
                Id = id,
                Accepted = true,
                Sequence = appended.Sequence,
                RecordedTime = appended.RecordedAt,
                DataHash = Convert.ToHexStringLower(newEvent.DataHash),
                Duplicate = appended.Duplicate,
            });
        }
        catch (NotStorableException)
        {
            return Answer.Rejected(AnswerKind.Invalid, source, id, [Rejections.NotStorable()]);
        }
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
