using ExchangeBus.Agencies;
using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.Log;

namespace ExchangeBus.Intake;

/// <summary>What a door hands in: an event of a sender, or the answer that is certain already because it could not be read.</summary>
internal sealed record Candidate(AgencySystem? Sender, CloudEvent? Event, Answer? Refusal = null, OriginalMessage? Original = null);

/// <summary>What all doors do with events: check them, write them to the log together, answer each with a receipt.</summary>
internal sealed class Acceptance(EventChecks checks, BusinessKeys businessKeys, OrderKeys orderKeys, EventLog log)
{
    internal async Task<Answer> AcceptAsync(CloudEvent cloudEvent, AgencySystem sender) =>
        (await AcceptAsync([new Candidate(sender, cloudEvent)]))[0];

    /// <summary>Takes events in their order; those that are refused do not hold the others back.</summary>
    /// <exception cref="LogUnavailableException">It is not known what was accepted; all may be sent again.</exception>
    internal async Task<Answer[]> AcceptAsync(IReadOnlyList<Candidate> candidates)
    {
        var answers = new Answer?[candidates.Count];
        var sound = new List<(int Index, NewEvent Event, Outcome Outcome)>(candidates.Count);
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = candidates[i].Refusal;
            if (answers[i] is not null)
                continue;
            var outcome = checks.Check(candidates[i].Event!, candidates[i].Sender!);
            if (outcome.Verdict is Verdict.Valid or Verdict.Held)
                sound.Add((i, NewEventOf(candidates[i], outcome), outcome));
            else
                answers[i] = RefusalOf(candidates[i].Event!, outcome);
        }

        var appended = log.Append(sound.ConvertAll(s => s.Event));
        for (var i = 0; i < appended.Length; i++)
            answers[sound[i].Index] = await AnswerAsync(sound[i].Event, sound[i].Outcome, appended[i]);
        return answers!;
    }

    private NewEvent NewEventOf(Candidate candidate, Outcome outcome)
    {
        var cloudEvent = outcome.ComposedData is { } composed ? candidate.Event! with { Data = composed } : candidate.Event!;
        return NewEvent.From(cloudEvent, orderKeys, candidate.Original) with
        {
            HeldBecause = outcome.Verdict == Verdict.Held ? HoldReasons.Write(outcome.Violations) : null,
            BusinessKeys = businessKeys.Of(cloudEvent),
        };
    }

    private static Answer RefusalOf(CloudEvent cloudEvent, Outcome outcome) => Answer.Rejected(
        outcome.Verdict == Verdict.Forbidden ? AnswerKind.Forbidden : AnswerKind.Invalid, cloudEvent.Source, cloudEvent.Id, outcome.Violations, outcome.Warnings);

    private static async Task<Answer> AnswerAsync(NewEvent newEvent, Outcome outcome, Task<Appended> appending)
    {
        var (source, id) = (newEvent.Event.Source, newEvent.Event.Id);
        try
        {
            var appended = await appending;
            if (appended.Differences.Count > 0)
                return Answer.Rejected(AnswerKind.Conflict, source, id, [.. appended.Differences.Select(Rejections.DifferentData)]);
            // Neither in the log nor kept apart.
            if (appended.Kind == AppendedKind.Held && appended.RecordedAt == default)
                return Answer.Rejected(AnswerKind.Limited, source, id, [Rejections.TooManyHeld()], outcome.Warnings);
            if (appended.Kind == AppendedKind.Held)
                return Answer.Held(source, id, outcome.Verdict == Verdict.Held ? outcome.Violations : [Rejections.WaitsBehind()], outcome.Warnings);
            return new Answer(appended.Kind == AppendedKind.Duplicate ? AnswerKind.Duplicate : AnswerKind.Accepted, new Receipt
            {
                Source = source,
                Id = id,
                Accepted = true,
                Sequence = appended.Sequence,
                RecordedTime = appended.RecordedAt,
                DataHash = Convert.ToHexStringLower(appended.DataHash),
                Duplicate = appended.Kind == AppendedKind.Duplicate,
                Warnings = appended.LooksLikeEarlierBy is { } rule ? [.. outcome.Warnings, Rejections.LooksLikeEarlier(rule)] : outcome.Warnings,
            });
        }
        catch (NotStorableException)
        {
            return Answer.Rejected(AnswerKind.Invalid, source, id, [Rejections.NotStorable()]);
        }
    }
}
