using ExchangeBus.Contracts.Desk;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Tests.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Walks;

/// <summary>What stands in a dossier at a moment. Steps are never changed, only replaced.</summary>
internal sealed record Glimpse(string State, Dictionary<string, Step> Steps)
{
    internal static Glimpse Of(DossierState dossier) => new(dossier.CurrentState, new Dictionary<string, Step>(dossier.Steps));

    public override string ToString() => $"{State}: {string.Join(", ", Steps.Select(s => $"{s.Key} {s.Value.Status}{(s.Value.IsLate ? " late" : "")} {s.Value.Outcome}".TrimEnd()))}";
}

/// <summary>One event, and the dossier before and after it.</summary>
internal sealed record Happened(string Name, DateTimeOffset Now, Glimpse Before, Glimpse After, DossierState Dossier, IReadOnlyList<object> Published);

/// <summary>The law that holds for every linked procedure, told without the machine's sentences: from what was seen before and after an event only.</summary>
internal class LawOfDossiers
{
    private static readonly string[] BeforePivot = ["AtDesk", "WaitingForSupplement", "WaitingForConsent", "Verifying", "Registering"];
    private static readonly string[] Ends = ["Completed", "CompletedPartly", "Refused", "Withdrawn", "TakenOverByHand", "Revoked", "Annulled"];

    private bool _isRegistered;

    protected static bool IsEnd(string state) => Ends.Contains(state);

    internal virtual void Judge(Happened happened)
    {
        JudgePivot(happened);
        JudgeDoneBranches(happened);
        if (IsEnd(happened.After.State))
            JudgeEnd(happened);
        else
            JudgeWayOn(happened);
        JudgeDeadlines(happened);
        JudgeClock(happened);
    }

    private void JudgePivot(Happened happened)
    {
        var (before, after) = (happened.Before.State, happened.After.State);
        if (happened.Name == nameof(DossierWithdrawn) && BeforePivot.Contains(before))
            Assert.That(after, Is.EqualTo("Withdrawn"), "until the registration the citizen may take it back");
        if (happened.Name == "IntakeRefused" && before == "AtDesk")
            Assert.That(after, Is.EqualTo("Refused"), "the desk may refuse");
        if (happened.Name is "BirthRefused" or "DeathRefused" && before == "Registering")
            Assert.That(after, Is.EqualTo("Refused"), "the registry may refuse");
        _isRegistered |= happened.After.Steps[StepNames.Registration].Status == StepStatus.Done;
        if (_isRegistered)
            Assert.That(after, Is.Not.AnyOf([.. BeforePivot, "Refused", "Withdrawn"]), "what stands in the book is undone by nobody here");
        else
            Assert.That(after, Is.Not.AnyOf("Linking", "Completed", "CompletedPartly", "Revoking", "Revoked", "Annulled"), "nothing follows from what does not stand in the book");
        if (before is "Refused" or "Withdrawn" or "TakenOverByHand" or "Revoked" or "Annulled")
            Assert.That(after, Is.EqualTo(before), "nothing leads out of this end");
    }

    private static void JudgeDoneBranches(Happened happened)
    {
        foreach (var (name, step) in happened.Before.Steps.Where(s => s.Value.Status == StepStatus.Done && s.Key != StepNames.Supplement))
        {
            var now = happened.After.Steps[name];
            Assert.That((now.Status, now.Outcome), Is.EqualTo((StepStatus.Done, step.Outcome)), $"{name} was done");
        }

        Assert.That(happened.After.Steps.Keys, Is.SupersetOf(happened.Before.Steps.Keys), "no step is forgotten");
    }

    private static void JudgeEnd(Happened happened)
    {
        var dossier = happened.Dossier;
        Assert.That(happened.After.Steps.Values.Select(s => s.Status), Has.None.AnyOf(StepStatus.Chosen, StepStatus.Waiting, StepStatus.Paused, StepStatus.Blocked), "an end has no open step");
        Assert.That((dossier.Holders, dossier.DueAt, dossier.LookAt, dossier.IsLate), Is.EqualTo(("", (DateTimeOffset?)null, (DateTimeOffset?)null, false)), "nobody holds what has ended");
        if (happened.After.State is "Completed" or "CompletedPartly")
            Assert.That(happened.After.State == "Completed", Is.EqualTo(happened.After.Steps.Values.All(s => s.Status == StepStatus.Done)), "complete is what is all done");
    }

    private static void JudgeWayOn(Happened happened)
    {
        var dossier = happened.Dossier;
        var open = happened.After.Steps.Where(s => s.Value.Runs).ToArray();
        Assert.That(open, Is.Not.Empty, "a state that is no end waits for somebody");
        Assert.That(dossier.Holders.Split(','), Is.EquivalentTo(open.Select(s => s.Value.Agency ?? "citizen").Distinct()), "who holds it is known");
        Assert.That(dossier.DueAt, Is.EqualTo(open.Min(s => s.Value.DueAt)).And.Not.Null, "until when is known");
        Assert.That(dossier.LookAt is not null || dossier.IsLate, "somebody looks at it, or it is late already");
        foreach (var (name, _) in open.Where(s => s.Value.Status == StepStatus.Blocked && s.Key != StepNames.IdentityCard))
            Assert.That(dossier.Matters.Select(m => m.Step), Has.Member(name), "what only a person can judge is before a person");
        Assert.That(happened.After.Steps.Any(s => s.Value.Status == StepStatus.Paused), Is.EqualTo(happened.After.State == "WaitingForSupplement"), "a clock stands only for a supplement");
    }

    private static void JudgeDeadlines(Happened happened)
    {
        foreach (var (name, step) in happened.After.Steps.Where(s => s.Value.Runs))
        {
            if (!step.IsLate)
                Assert.That(happened.Dossier.LookAt <= step.DueAt, $"somebody looks when {name} is due");
            if (happened.Name == nameof(DeadlineReached))
                Assert.That(step.IsLate || step.DueAt > happened.Now, $"{name} is late when its time is over");
            if (happened.Before.Steps.GetValueOrDefault(name) is { Runs: true, IsLate: true } before && step.Asked >= before.Asked && happened.Name != "DeskExtend")
                Assert.That(step.IsLate, $"{name} stays late");
        }

        if (happened.Name == nameof(DeadlineReached) && !IsEnd(happened.After.State))
            Assert.That(happened.Dossier.LookAt is null || happened.Dossier.LookAt > happened.Now, "a deadline is told once");
    }

    // Minute by minute, across Tet and Saturdays that are worked.
    private static void JudgeClock(Happened happened)
    {
        foreach (var (name, step) in happened.After.Steps)
        {
            if (!step.Runs || step.Clock?.Limit.WorkingDays is null || ReferenceEquals(step.Clock, happened.Before.Steps.GetValueOrDefault(name)?.Clock))
                continue;
            // The count goes by Vietnam's days.
            var counted = step.Clock with { ReceivedAt = step.Clock.ReceivedAt.ToOffset(TimeSpan.FromHours(7)) };
            Assert.That(step.DueAt, Is.EqualTo(new MinuteClock(counted, happened.Now).DueAt), $"{name} is due by a count of minutes");
        }
    }
}
