using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>What the sentences of <see cref="LinkedBirthProcess"/> do until the birth is registered.</summary>
internal sealed partial class LinkedBirthSteps(DossierWork work, UnknownDossiers unknown)
{
    private static readonly string[] BeforePivot = [StepNames.Intake, StepNames.HouseholdConsent, StepNames.Verification, StepNames.Registration];

    // What the registration needs of each person: the name and the date by which the number was given.
    private static readonly string[] FieldsToVerify = ["name", "birthDate"];

    internal void Open(BehaviorContext<LinkedBirthState, LinkedBirthSubmitted> context)
    {
        var (dossier, submitted) = (context.Saga, context.Message);
        dossier.DossierNumber = submitted.DossierNumber;
        dossier.Commune = submitted.Commune;
        dossier.Submission = submitted;
        dossier.SubmittedAt = work.TimeOf(context);
        var rules = work.RulesOf(dossier);
        foreach (var step in BeforePivot.Where(s => rules.Limits.ContainsKey(s) && !work.Options.OutsideSteps.Contains(s) && IsNeeded(s, submitted)))
            dossier.Steps[step] = new Step { Status = StepStatus.Chosen };
        foreach (var branch in dossier.Chosen.Where(rules.Has))
            dossier.Steps[branch] = new Step { Status = StepStatus.Chosen };
    }

    // Nobody is asked for whom there is nothing to ask: the dossier would wait for an answer that never comes.
    private static bool IsNeeded(string step, LinkedBirthSubmitted submitted) => step switch
    {
        StepNames.HouseholdConsent => NeedsConsent(submitted),
        StepNames.Verification => CitizensToVerify(submitted).Any(),
        _ => true,
    };

    /// <summary>The step is the dossier's next: it belongs to it, and its turn has not been yet.</summary>
    internal static bool IsNext(BehaviorContext<LinkedBirthState> context, string step) =>
        context.Saga.Steps.TryGetValue(step, out var chosen) && chosen.Status == StepStatus.Chosen;

    internal Task RequestIntake(BehaviorContext<LinkedBirthState> context)
    {
        var (dossier, submission) = (context.Saga, context.Saga.Submission!);
        var step = work.Ask(dossier, StepNames.Intake, work.Options.OneStopAgency);
        return work.SendAsync(context, work.Options.OneStopAgency, new RequestIntake
        {
            DossierNumber = dossier.DossierNumber,
            Commune = dossier.Commune,
            Kind = "birth",
            ProcedureCode = work.RulesOf(dossier).ProcedureFor(dossier.Chosen).Code,
            SubmittedAt = dossier.SubmittedAt,
            Applicant = submission.Applicant,
            Attachments = submission.Attachments,
            DueAt = step.DueAt!.Value,
        });
    }

    internal static void RecordIntake(BehaviorContext<LinkedBirthState, IntakeAccepted> context)
    {
        DossierWork.End(context.Saga, StepNames.Intake, StepStatus.Done, context.Message.ProvinceNumber);
        DossierNumbers.Link(context, context.Saga.DossierNumber, NumberingWorlds.Province, context.Message.ProvinceNumber);
    }

    internal static void RecordIntakeRefusal(BehaviorContext<LinkedBirthState, IntakeRefused> context) => Refuse(context.Saga, StepNames.Intake, context.Message.ReasonCode);

    internal void PauseIntake(BehaviorContext<LinkedBirthState> context) => work.Pause(context.Saga, StepNames.Intake);

    internal void PauseRegistration(BehaviorContext<LinkedBirthState> context) => work.Pause(context.Saga, StepNames.Registration);

    internal void Resume(BehaviorContext<LinkedBirthState> context) => work.Resume(context.Saga);

    internal static bool IsForIntake(BehaviorContext<LinkedBirthState> context) => context.Saga.PausedStep == StepNames.Intake;

    internal static bool IsForRegistration(BehaviorContext<LinkedBirthState> context) => context.Saga.PausedStep == StepNames.Registration;

    internal Task RequestConsent(BehaviorContext<LinkedBirthState> context)
    {
        var (dossier, submission) = (context.Saga, context.Saga.Submission!);
        var step = work.Ask(dossier, StepNames.HouseholdConsent, work.Options.ResidenceAgency);
        return work.SendAsync(context, work.Options.ResidenceAgency, new RequestHouseholdConsent
        {
            DossierNumber = dossier.DossierNumber,
            HouseholdHead = submission.HouseholdHead,
            Address = AddressOf(dossier),
            Newcomer = submission.Child.Name,
            NewcomerBirthDate = submission.Child.BirthDate,
            Relation = submission.HouseholdHeadRelation,
            Applicant = submission.Applicant,
            ExpiresAt = step.DueAt!.Value,
        });
    }

    /// <summary>Without consent the child cannot join the household; its birth is registered all the same.</summary>
    internal static void RecordConsent(BehaviorContext<LinkedBirthState, HouseholdConsentAnswered> context)
    {
        var isGranted = context.Message.Answer == "granted";
        DossierWork.End(context.Saga, StepNames.HouseholdConsent, isGranted ? StepStatus.Done : StepStatus.Refused, context.Message.Answer);
        if (!isGranted)
            DossierWork.End(context.Saga, StepNames.PermanentResidence, StepStatus.Refused, "household-consent-" + context.Message.Answer);
    }

    internal async Task VerifyCitizens(BehaviorContext<LinkedBirthState> context)
    {
        var dossier = context.Saga;
        var step = work.Ask(dossier, StepNames.Verification, work.Options.PopulationAgency);
        foreach (var (role, citizen) in CitizensToVerify(dossier.Submission!))
        {
            // Asked again after a mismatch, everybody is asked again: an answer is only as good as the question.
            dossier.Verified[role] = null;
            await work.SendAsync(context, work.Options.PopulationAgency, new VerifyCitizen
            {
                DossierNumber = dossier.DossierNumber,
                RequestId = $"{role}-{step.Asked}",
                Role = role,
                Citizen = citizen,
                Fields = FieldsToVerify,
                DueAt = step.DueAt!.Value,
            });
        }
    }

    /// <summary>Somebody who does not match, or is not found, goes before an officer: the database may be wrong.</summary>
    internal void RecordVerification(BehaviorContext<LinkedBirthState, CitizenVerified> context)
    {
        var (dossier, answer) = (context.Saga, context.Message);
        if (answer.RequestId != $"{answer.Role}-{dossier.Steps[StepNames.Verification].Asked}" || !dossier.Verified.ContainsKey(answer.Role))
        {
            NoteRepeat(context);
            return;
        }

        dossier.Verified[answer.Role] = answer.Result;
        if (answer.Result != "match")
        {
            DossierWork.Block(dossier, StepNames.Verification);
            work.Raise(dossier, "verification." + answer.Result, StepNames.Verification);
        }
        else if (dossier.Verified.Values.All(result => result == "match"))
        {
            DossierWork.End(dossier, StepNames.Verification, StepStatus.Done, outcome: null);
        }

        DossierWork.Refresh(dossier);
    }

    internal static bool EverybodyIsVerified(BehaviorContext<LinkedBirthState> context) => context.Saga.Steps[StepNames.Verification].Status == StepStatus.Done;

    internal Task RegisterBirth(BehaviorContext<LinkedBirthState> context)
    {
        var (dossier, submission) = (context.Saga, context.Saga.Submission!);
        var step = work.Ask(dossier, StepNames.Registration, work.Options.CivilStatusAgency);
        return work.SendAsync(context, work.Options.CivilStatusAgency, new RegisterBirth
        {
            DossierNumber = dossier.DossierNumber,
            Commune = dossier.Commune,
            BirthNoticeNumber = submission.BirthNoticeNumber,
            Child = submission.Child,
            Mother = submission.Mother,
            Father = submission.Father,
            Applicant = submission.Applicant,
            ApplicantRelation = submission.ApplicantRelation,
            Marriage = submission.Marriage,
            Attachments = submission.Attachments,
            DueAt = step.DueAt!.Value,
        });
    }

    internal static void RecordRegistrationRefusal(BehaviorContext<LinkedBirthState, BirthRegistrationRefused> context) =>
        Refuse(context.Saga, StepNames.Registration, context.Message.ReasonCode);

    internal static void DropWhatIsOpen(BehaviorContext<LinkedBirthState> context) => Drop(context.Saga);

    /// <summary>Notes what is late or nearly so; when nothing is any more, the event has been overtaken.</summary>
    internal void Look(BehaviorContext<LinkedBirthState, DeadlineReached> context)
    {
        if (!work.Look(context.Saga))
            NoteRepeat(context);
    }

    internal static bool IsNews(BehaviorContext<LinkedBirthState> context) => context.Saga.Cause.Note is null;

    internal Task TellPortal(BehaviorContext<LinkedBirthState> context)
    {
        DossierWork.Refresh(context.Saga);
        return work.TellPortalAsync(context);
    }

    internal static void NoteRepeat(BehaviorContext<LinkedBirthState> context) => context.Saga.Cause = context.Saga.Cause with { Note = Notes.Repeated };

    internal void NoteContradiction(BehaviorContext<LinkedBirthState> context)
    {
        context.Saga.Cause = context.Saga.Cause with { Note = Notes.Contradicts };
        work.Raise(context.Saga, "contradiction", step: null);
    }

    internal void NoteUnknown(ConsumeContext context, string dossierNumber) => unknown.Note(context, dossierNumber);

    private static void Refuse(LinkedBirthState dossier, string step, string reason)
    {
        DossierWork.End(dossier, step, StepStatus.Refused, reason);
        Drop(dossier);
    }

    private static void Drop(LinkedBirthState dossier)
    {
        dossier.PausedStep = null;
        foreach (var (name, step) in dossier.Steps.Where(s => s.Value.Runs || s.Value.Status is StepStatus.Chosen or StepStatus.Paused).ToArray())
            DossierWork.End(dossier, name, StepStatus.Dropped, step.Outcome);
    }
}
