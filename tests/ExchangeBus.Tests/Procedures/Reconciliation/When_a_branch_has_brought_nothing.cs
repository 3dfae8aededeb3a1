using ExchangeBus.Procedures.Reconciliation;
using ExchangeBus.Tests.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Reconciliation;

[TestFixture]
public sealed class When_a_branch_has_brought_nothing
{
    private static readonly GapJudge Judge = new(Law.Clock);
    private static readonly Comparison Residence = Comparison.All.Single(c => c.Gap == "birthWithoutResidence");
    private static readonly Comparison Lock = Comparison.All.Single(c => c.Gap == "deathWithoutCardLock");

    // A Monday.
    private static readonly Candidate Registered = new("birth/00004/01/2026/24", "G22.99.08-261123-000042", 1, Law.At("2026-11-23 09:00"));

    [TestCase("Waiting", "2026-11-25 17:00", "2026-11-25 17:01", true, true)]
    [TestCase("Blocked", "2026-11-25 17:00", "2026-11-25 17:01", true, false)]
    [TestCase("Waiting", "2026-11-25 17:00", "2026-11-25 17:00", false, false, Description = "within its time")]
    [TestCase("Refused", "2026-11-25 17:00", "2026-12-25 17:00", false, false)]
    [TestCase("Dropped", "2026-11-25 17:00", "2026-12-25 17:00", false, false)]
    [TestCase("Done", "2026-11-25 17:00", "2026-12-25 17:00", false, false)]
    [TestCase("Paused", "2026-11-25 17:00", "2026-12-25 17:00", false, false)]
    [TestCase(null, null, "2026-12-25 17:00", false, false, Description = "not chosen")]
    public void Should_be_a_gap_only_when_its_dossier_does_not_explain_it(string? status, string? dueAt, string now, bool isGap, bool isWaiting)
    {
        var branch = new BranchState(Registered.DossierNumber!, status, dueAt is null ? null : Law.At(dueAt));

        var verdict = Judge.Judge(Residence, Registered, branch, Law.At(now));

        Assert.That((verdict.IsGap, verdict.IsWaiting), Is.EqualTo((isGap, isWaiting)));
        Assert.That(verdict.Explanation, isGap ? Is.Null : Is.Not.Empty);
        if (isGap)
            Assert.That(verdict.Since, Is.EqualTo(Law.At(dueAt!)));
    }

    [TestCase("2027-01-22 08:59", false)]
    [TestCase("2027-01-22 09:01", true)]
    public void Should_give_the_parents_sixty_days_outside_of_any_dossier(string now, bool isGap) =>
        Assert.That(Judge.Judge(Residence, Registered, null, Law.At(now)).IsGap, Is.EqualTo(isGap));

    [TestCase("2026-11-23 16:59", false)]
    [TestCase("2026-11-23 17:01", true)]
    public void Should_want_the_card_of_the_dead_locked_the_same_day_also_outside_of_any_dossier(string now, bool isGap) =>
        Assert.That(Judge.Judge(Lock, Registered, null, Law.At(now)).IsGap, Is.EqualTo(isGap));

    [TestCase("2026-11-22T18:59:00Z", null)]
    [TestCase("2026-11-22T19:00:00Z", "2026-11-23")]
    [TestCase("2026-11-23T16:59:59Z", "2026-11-23")]
    [TestCase("2026-11-23T17:00:00Z", null)]
    public void Should_compare_from_two_in_the_morning_in_Vietnam(string now, string? day)
    {
        var due = DailyReconciliation.DueDay(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), new ReconciliationOptions().At);

        Assert.That(due?.ToString("O", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(day));
    }
}
