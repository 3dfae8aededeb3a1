using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>Says whether a missing residence or card is a gap, or what explains it.</summary>
internal sealed class GapJudge(LegalClock clock)
{
    /// <summary>The branch is not part of what the citizen has chosen.</summary>
    internal const string NotChosen = "dossier.notChosen";

    /// <summary>The law of the day knows no such branch.</summary>
    internal const string NoDuty = "law.noBranch";

    /// <summary>There is time left.</summary>
    internal const string WithinTime = "withinTime";

    /// <param name="comparison">What is compared.</param>
    /// <param name="candidate">The registration.</param>
    /// <param name="branch">The branch in its dossier; null when the bus has no such dossier.</param>
    /// <param name="now">The moment as of which is compared.</param>
    internal Verdict Judge(Comparison comparison, Candidate candidate, BranchState? branch, DateTimeOffset now)
    {
        var profile = clock.ProfileAt(candidate.RecordedAt);
        if (branch is null)
        {
            var linked = comparison.Kind == "birth" ? profile.LinkedBirth : profile.LinkedDeath;
            return linked.LimitOutside(comparison.Branch) is { } limit ? ByTime(clock.DueAt(profile, limit, candidate.RecordedAt), now) : Verdict.Explained(NoDuty);
        }

        return branch.Status switch
        {
            null => Verdict.Explained(NotChosen),
            nameof(StepStatus.Done) => Verdict.Explained("dossier.done"),
            nameof(StepStatus.Refused) => Verdict.Explained("dossier.refused"),
            nameof(StepStatus.Dropped) => Verdict.Explained("dossier.dropped"),
            // The clock stands: the citizen has to supply something.
            nameof(StepStatus.Paused) => Verdict.Explained("dossier.paused"),
            var status => ByTime(branch.DueAt ?? candidate.RecordedAt, now, isWaiting: status == nameof(StepStatus.Waiting)),
        };
    }

    private static Verdict ByTime(DateTimeOffset dueAt, DateTimeOffset now, bool isWaiting = false) => dueAt < now ? Verdict.Gap(dueAt, isWaiting) : Verdict.Explained(WithinTime);
}
