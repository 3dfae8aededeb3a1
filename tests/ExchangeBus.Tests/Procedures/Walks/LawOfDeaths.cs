using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.LinkedDeath;

namespace ExchangeBus.Tests.Procedures.Walks;

/// <summary>What the law says of deaths alone: the lock that nobody chooses, one funeral allowance, and the revocation.</summary>
internal sealed class LawOfDeaths : LawOfDossiers
{
    private readonly HashSet<string> _granted = [];

    internal override void Judge(Happened happened)
    {
        base.Judge(happened);
        var dossier = (LinkedDeathState)happened.Dossier;
        JudgeLock(happened.After);
        JudgeFuneral(happened, dossier);
        JudgeRevocation(happened, dossier);
    }

    private static void JudgeLock(Glimpse after)
    {
        if (after.State is "Linking" or "Completed" or "CompletedPartly")
            Assert.That(after.Steps[StepNames.HealthCardLock].Status, after.State == "Linking" ? Is.AnyOf(StepStatus.Waiting, StepStatus.Done) : Is.EqualTo(StepStatus.Done), "the card of the dead is locked");
    }

    private void JudgeFuneral(Happened happened, LinkedDeathState dossier)
    {
        // Whom the machine asks must not be one of two.
        foreach (var asked in happened.Published.OfType<DecideFuneralAllowance>())
            Assert.That(_granted, Is.Empty, $"{asked.Payer} is asked although it is granted");

        var before = _granted.Count;
        _granted.UnionWith(dossier.FuneralAnswers.Where(a => a.Value.IsGranted).Select(a => a.Key));
        Assert.That(dossier.FuneralAnswers.Where(a => a.Value.IsGranted).Select(a => a.Key), Is.EquivalentTo(_granted), "a grant is never forgotten");
        if (before < 2 && _granted.Count == 2)
            Assert.That(dossier.Matters.Select(m => m.Code), Has.Member("funeralAllowance.grantedTwice"), "two grants go before a person");
        if (happened.After.Steps.GetValueOrDefault(StepNames.FuneralAllowance) is { Status: StepStatus.Done, Outcome: var outcome })
            Assert.That(dossier.FuneralAnswers.Values.Count(a => a.IsGranted && a.Code == outcome), Is.EqualTo(1), "what is done is one grant");
    }

    private static void JudgeRevocation(Happened happened, LinkedDeathState dossier)
    {
        if (happened.Before.State is "Revoking" or "Revoked" || happened.After.State is not ("Revoking" or "Revoked"))
            return;
        Assert.That(happened.Name, Is.EqualTo("DeathRevoked"), "only a revocation undoes");
        MustUndo(StepNames.ResidenceDeletion, StepNames.ResidenceRestoration);
        MustUndo(StepNames.SurvivorBenefit, StepNames.SurvivorBenefitStop);
        if (happened.Before.Steps[StepNames.HealthCardLock].Outcome != "none")
            MustUndo(StepNames.HealthCardLock, StepNames.HealthCardUnlock);
        foreach (var (payer, _) in dossier.FuneralAnswers.Where(a => a.Value.IsGranted))
            Assert.That(happened.After.Steps, Contains.Key(payer == FuneralPayers.SocialInsurance ? StepNames.FuneralInsuranceStop : StepNames.FuneralProtectionStop), "every grant is stopped");

        void MustUndo(string branch, string undoing)
        {
            if (happened.Before.Steps.GetValueOrDefault(branch) is { } step && (step.Status == StepStatus.Done || step.Runs))
                Assert.That(happened.After.Steps, Contains.Key(undoing), $"{branch} is undone");
        }
    }
}
