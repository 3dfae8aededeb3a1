using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Contracts.Population;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>What the sentences do from the registration on, but for the funeral allowance: each branch ends alone.</summary>
internal sealed partial class LinkedDeathSteps
{
    /// <summary>Outcome of the lock when the deceased had no card.</summary>
    private const string NoCard = "none";

    internal Task DeleteResidence(BehaviorContext<LinkedDeathState> context)
    {
        var (dossier, registered) = (context.Saga, context.Saga.Registered!);
        var step = Work.Ask(dossier, StepNames.ResidenceDeletion, Work.Options.ResidenceAgency);
        return Work.SendAsync(context, Work.Options.ResidenceAgency, new DeletePermanentResidence
        {
            DossierNumber = dossier.DossierNumber,
            DeathRegistration = ReferenceTo(registered),
            Deceased = registered.Deceased,
            DeathDate = registered.Death.Date,
            DueAt = step.DueAt!.Value,
        });
    }

    internal Task LockHealthCard(BehaviorContext<LinkedDeathState> context)
    {
        var (dossier, registered) = (context.Saga, context.Saga.Registered!);
        var step = Work.Ask(dossier, StepNames.HealthCardLock, Work.Options.SocialInsuranceAgency);
        return Work.SendAsync(context, Work.Options.SocialInsuranceAgency, new LockHealthCard
        {
            DossierNumber = dossier.DossierNumber,
            Deceased = registered.Deceased,
            DeathDate = registered.Death.Date,
            DeathRegistration = ReferenceTo(registered),
            DueAt = step.DueAt!.Value,
        });
    }

    internal Task SettleSurvivorBenefit(BehaviorContext<LinkedDeathState> context)
    {
        var (dossier, registered) = (context.Saga, context.Saga.Registered!);
        var step = Work.Ask(dossier, StepNames.SurvivorBenefit, Work.Options.SocialInsuranceAgency);
        return Work.SendAsync(context, Work.Options.SocialInsuranceAgency, new SettleSurvivorBenefit
        {
            DossierNumber = dossier.DossierNumber,
            Deceased = registered.Deceased,
            DeathDate = registered.Death.Date,
            DeathRegistration = ReferenceTo(registered),
            Survivors = dossier.Submission!.Survivors!,
            Attachments = dossier.Submission.Attachments,
            DueAt = step.DueAt!.Value,
        });
    }

    internal void RecordDeletion(BehaviorContext<LinkedDeathState, PermanentResidenceDeleted> context)
    {
        EndBranch(context, StepNames.ResidenceDeletion, StepStatus.Done, context.Message.ResidenceNumber.Value);
        DossierNumbers.Link(context, context.Saga.DossierNumber, NumberingWorlds.Residence, context.Message.ResidenceNumber.Value);
    }

    internal void RecordDeletionRefusal(BehaviorContext<LinkedDeathState, PermanentResidenceDeletionRefused> context) =>
        EndBranch(context, StepNames.ResidenceDeletion, StepStatus.Refused, context.Message.ReasonCode);

    /// <summary>Also a lock on a hospital's word, without our number, is the lock; one for another reason than the death is not.</summary>
    internal void RecordLock(BehaviorContext<LinkedDeathState, HealthCardLocked> context)
    {
        if (context.Message is { DossierNumber: null, Reason: not "death" })
            NoteRepeat(context);
        else
            EndBranch(context, StepNames.HealthCardLock, StepStatus.Done, context.Message.CardNumber.Value ?? NoCard);
    }

    internal void RecordSurvivorBenefit(BehaviorContext<LinkedDeathState, SurvivorBenefitSettled> context)
    {
        var (status, outcome) = Read(context.Message);
        EndBranch(context, StepNames.SurvivorBenefit, status, outcome);
    }

    internal static void ReplacePersonalId(BehaviorContext<LinkedDeathState, PersonalIdReplaced> context) => context.Saga.PersonalId = context.Message.NewPersonalId;

    private static (StepStatus Status, string? Outcome) Read(SurvivorBenefitSettled settled) =>
        settled.Outcome == "granted" ? (StepStatus.Done, settled.Decision!.Number) : (StepStatus.Refused, settled.ReasonCode);

    private static RegistrationReference ReferenceTo(DeathRegistered registered) => new()
    {
        Kind = "death",
        RegistrationNumber = registered.RegistrationNumber,
        Book = registered.Book,
        Page = registered.Page,
        Commune = registered.Commune,
        RegisteredOn = registered.RegisteredOn,
    };
}
