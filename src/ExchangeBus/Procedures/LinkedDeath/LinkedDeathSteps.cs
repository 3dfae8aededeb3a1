using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>What the sentences of <see cref="LinkedDeathProcess"/> do until the death is registered.</summary>
internal sealed partial class LinkedDeathSteps(DossierWork work, UnknownDossiers unknown) : DossierSteps<LinkedDeathState>(work, unknown)
{
    /// <summary>Outcomes of branches that were chosen and never claimed.</summary>
    internal const string ClaimMissing = "claim-missing", SurvivorsMissing = "survivors-missing";

    private static readonly string[] BeforePivot = [StepNames.Intake, StepNames.Registration];

    internal void Open(BehaviorContext<LinkedDeathState, LinkedDeathSubmitted> context)
    {
        var (dossier, submitted) = (context.Saga, context.Message);
        dossier.Submission = submitted;
        dossier.FuneralPayer = submitted.FuneralAllowance?.Payer;
        Open(context, submitted.DossierNumber, submitted.Commune, BeforePivot);
        // Nobody can decide what nobody claims, and the dossier would wait for it for ever.
        if (dossier.Steps.ContainsKey(StepNames.FuneralAllowance) && submitted.FuneralAllowance is null)
            DossierWork.End(dossier, StepNames.FuneralAllowance, StepStatus.Refused, ClaimMissing);
        if (dossier.Steps.ContainsKey(StepNames.SurvivorBenefit) && submitted.Survivors is not { Count: > 0 })
            DossierWork.End(dossier, StepNames.SurvivorBenefit, StepStatus.Refused, SurvivorsMissing);
    }

    /// <inheritdoc/>
    protected override Task AskAgain(BehaviorContext<LinkedDeathState> context, string step) => step switch
    {
        StepNames.Intake => RequestIntake(context),
        StepNames.Registration => RegisterDeath(context),
        StepNames.ResidenceDeletion => DeleteResidence(context),
        StepNames.HealthCardLock => LockHealthCard(context),
        StepNames.FuneralAllowance => DecideFuneralAllowance(context),
        StepNames.SurvivorBenefit => SettleSurvivorBenefit(context),
        StepNames.ResidenceRestoration => RestoreResidence(context),
        StepNames.HealthCardUnlock => UnlockHealthCard(context),
        StepNames.FuneralInsuranceStop => StopFuneralInsurance(context),
        StepNames.FuneralProtectionStop => StopFuneralProtection(context),
        _ => StopSurvivorBenefit(context),
    };

    internal Task RegisterDeath(BehaviorContext<LinkedDeathState> context)
    {
        var (dossier, submission) = (context.Saga, context.Saga.Submission!);
        var step = Work.Ask(dossier, StepNames.Registration, Work.Options.CivilStatusAgency);
        return Work.SendAsync(context, Work.Options.CivilStatusAgency, new RegisterDeath
        {
            DossierNumber = dossier.DossierNumber,
            Commune = dossier.Commune,
            DeathNoticeNumber = submission.DeathNoticeNumber,
            DeathProof = submission.DeathProof,
            Deceased = submission.Deceased,
            Death = submission.Death,
            Applicant = submission.Applicant,
            ApplicantRelation = submission.ApplicantRelation,
            Attachments = submission.Attachments,
            DueAt = step.DueAt!.Value,
        });
    }

    internal void RecordRegistration(BehaviorContext<LinkedDeathState, DeathRegistered> context)
    {
        var (dossier, registered) = (context.Saga, context.Message);
        dossier.Registered = registered;
        dossier.PersonalId = registered.Deceased.PersonalId?.Value;
        dossier.RegistrationKey = RegistrationKeys.Of(registered.Commune, registered.Book, registered.RegistrationNumber);
        DossierWork.End(dossier, StepNames.Registration, StepStatus.Done, registered.RegistrationNumber);
        DossierNumbers.Link(context, dossier.DossierNumber, NumberingWorlds.CivilStatus, dossier.RegistrationKey);
        RaiseIfAnother(dossier, dossier.Submission!.Deceased.Name.Value, registered.Deceased.Name.Value, isSameDay: true);
    }

    /// <summary>The same entry again is a repeat; another one would be a second registration of one death.</summary>
    internal void CompareRegistration(BehaviorContext<LinkedDeathState, DeathRegistered> context) =>
        NoteUnlessSame(context, RegistrationKeys.Of(context.Message.Commune, context.Message.Book, context.Message.RegistrationNumber) == context.Saga.RegistrationKey);

    /// <summary>A word for a dossier that nobody has handed in; one without a number is of no dossier.</summary>
    internal void NoteUnknownIfNumbered(ConsumeContext context, string? dossierNumber)
    {
        if (dossierNumber is not null)
            NoteUnknown(context, dossierNumber);
    }
}
