using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>A living person was registered as dead: whoever has acted on it, or may just be doing so, is told to undo it, and answers.</summary>
internal sealed partial class LinkedDeathSteps
{
    /// <summary>The revocation is about the record of this dossier, and says who lives.</summary>
    internal static bool IsOfThisDeath(BehaviorContext<LinkedDeathState, DeathRevoked> context) =>
        RegistrationKeys.Of(context.Message.Registration) == context.Saga.RegistrationKey && NameOf(context.Saga, context.Message) is not null;

    internal static void RecordRevocation(BehaviorContext<LinkedDeathState, DeathRevoked> context)
    {
        var dossier = context.Saga;
        dossier.Revocation = context.Message;
        UndoIf(IsDoneOrRuns(dossier, StepNames.ResidenceDeletion), StepNames.ResidenceRestoration);
        UndoIf(IsDoneOrRuns(dossier, StepNames.HealthCardLock) && dossier.Steps[StepNames.HealthCardLock].Outcome != NoCard, StepNames.HealthCardUnlock);
        UndoIf(HasGrantedOrDecides(dossier, FuneralPayers.SocialInsurance), StepNames.FuneralInsuranceStop);
        UndoIf(HasGrantedOrDecides(dossier, FuneralPayers.SocialProtection), StepNames.FuneralProtectionStop);
        UndoIf(IsDoneOrRuns(dossier, StepNames.SurvivorBenefit), StepNames.SurvivorBenefitStop);
        foreach (var (name, step) in dossier.Steps.Where(s => s.Value.Runs).ToArray())
            DossierWork.End(dossier, name, StepStatus.Dropped, step.Outcome);

        void UndoIf(bool isNeeded, string step)
        {
            if (isNeeded)
                dossier.Steps[step] = new Step { Status = StepStatus.Chosen };
        }
    }

    internal void CompareRevocation(BehaviorContext<LinkedDeathState, DeathRevoked> context) =>
        NoteUnlessSame(context, context.Message.Decision.Number == context.Saga.Revocation!.Decision.Number);

    internal Task RestoreResidence(BehaviorContext<LinkedDeathState> context)
    {
        var (dossier, revocation) = (context.Saga, context.Saga.Revocation!);
        var step = Work.Ask(dossier, StepNames.ResidenceRestoration, Work.Options.ResidenceAgency);
        return Work.SendAsync(context, Work.Options.ResidenceAgency, new RestorePermanentResidence
        {
            DossierNumber = dossier.DossierNumber,
            PersonalId = IdOf(dossier),
            Name = NameOf(dossier, revocation)!,
            ResidenceNumber = dossier.Steps[StepNames.ResidenceDeletion].Outcome,
            Revocation = revocation.Decision,
            DueAt = step.DueAt!.Value,
        });
    }

    internal Task UnlockHealthCard(BehaviorContext<LinkedDeathState> context)
    {
        var (dossier, revocation) = (context.Saga, context.Saga.Revocation!);
        var step = Work.Ask(dossier, StepNames.HealthCardUnlock, Work.Options.SocialInsuranceAgency);
        return Work.SendAsync(context, Work.Options.SocialInsuranceAgency, new UnlockHealthCard
        {
            DossierNumber = dossier.DossierNumber,
            CardNumber = (Stated<string>?)dossier.Steps[StepNames.HealthCardLock].Outcome ?? Stated.Unknown<string>(),
            PersonalId = IdOf(dossier),
            Name = NameOf(dossier, revocation)!,
            Revocation = revocation.Decision,
            DueAt = step.DueAt!.Value,
        });
    }

    internal Task StopFuneralInsurance(BehaviorContext<LinkedDeathState> context) =>
        StopAsync(context, StepNames.FuneralInsuranceStop, StepNames.FuneralAllowance, FuneralPayers.SocialInsurance, GrantOf(context.Saga, FuneralPayers.SocialInsurance));

    internal Task StopFuneralProtection(BehaviorContext<LinkedDeathState> context) =>
        StopAsync(context, StepNames.FuneralProtectionStop, StepNames.FuneralAllowance, FuneralPayers.SocialProtection, GrantOf(context.Saga, FuneralPayers.SocialProtection));

    internal Task StopSurvivorBenefit(BehaviorContext<LinkedDeathState> context) =>
        StopAsync(context, StepNames.SurvivorBenefitStop, StepNames.SurvivorBenefit, FuneralPayers.SocialInsurance, context.Saga.Steps[StepNames.SurvivorBenefit].Outcome);

    internal void RecordRestoration(BehaviorContext<LinkedDeathState, PermanentResidenceRestored> context) =>
        EndUndoing(context, StepNames.ResidenceRestoration, context.Message.ResidenceNumber);

    internal void RecordUnlock(BehaviorContext<LinkedDeathState, HealthCardUnlocked> context) =>
        EndUndoing(context, StepNames.HealthCardUnlock, context.Message.CardNumber);

    internal void RecordStop(BehaviorContext<LinkedDeathState, AllowanceStopped> context) => EndUndoing(
        context,
        context.Message.Allowance == StepNames.SurvivorBenefit ? StepNames.SurvivorBenefitStop : StopOf(context.Message.Payer),
        context.Message.AmountToRecover > 0 ? "recovering" : "stopped");

    // Whoever had refused to do it may still say that it is undone.
    private void EndUndoing(BehaviorContext<LinkedDeathState> context, string step, string outcome)
    {
        if (context.Saga.Steps.TryGetValue(step, out var undoing) && undoing.Status == StepStatus.Dropped)
            NoteRepeat(context);
        else
            EndBranch(context, step, StepStatus.Done, outcome);
    }

    private Task StopAsync(BehaviorContext<LinkedDeathState> context, string name, string allowance, string payer, string? decision)
    {
        var dossier = context.Saga;
        var step = Work.Ask(dossier, name, AgencyOf(payer), StepNames.AllowanceStop);
        return Work.SendAsync(context, AgencyOf(payer), new StopAllowance
        {
            DossierNumber = dossier.DossierNumber,
            Allowance = allowance,
            Payer = payer,
            DecisionNumber = decision,
            Revocation = dossier.Revocation!.Decision,
            DueAt = step.DueAt!.Value,
        });
    }

    private static string StopOf(string payer) => payer == FuneralPayers.SocialInsurance ? StepNames.FuneralInsuranceStop : StepNames.FuneralProtectionStop;

    private static bool IsDoneOrRuns(LinkedDeathState dossier, string step) =>
        dossier.Steps.TryGetValue(step, out var known) && (known.Status == StepStatus.Done || known.Runs);

    private static bool HasGrantedOrDecides(LinkedDeathState dossier, string payer) =>
        GrantOf(dossier, payer) is not null
        || (dossier.FuneralPayer == payer && dossier.Steps.TryGetValue(StepNames.FuneralAllowance, out var step) && step.Runs);

    private static string? GrantOf(LinkedDeathState dossier, string payer) =>
        dossier.FuneralAnswers.GetValueOrDefault(payer) is { IsGranted: true } granted ? granted.Code : null;

    private static PersonName? NameOf(LinkedDeathState dossier, DeathRevoked revocation) =>
        revocation.Person.Name.Value ?? dossier.Registered!.Deceased.Name.Value;

    private static Stated<string> IdOf(LinkedDeathState dossier) => (Stated<string>?)dossier.PersonalId ?? Stated.Unknown<string>();
}
