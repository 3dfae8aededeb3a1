using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>What the sentences of <see cref="LinkedBirthProcess"/> do until the birth is registered.</summary>
internal sealed partial class LinkedBirthSteps(DossierWork work, UnknownDossiers unknown) : DossierSteps<LinkedBirthState>(work, unknown)
{
    private static readonly string[] BeforePivot = [StepNames.Intake, StepNames.HouseholdConsent, StepNames.Verification, StepNames.Registration];

    // What the registration needs of each person: the name and the date by which the number was given.
    private static readonly string[] FieldsToVerify = ["name", "birthDate"];

    internal void Open(BehaviorContext<LinkedBirthState, LinkedBirthSubmitted> context)
    {
        var submitted = context.Saga.Submission = context.Message;
        Open(context, submitted.DossierNumber, submitted.Commune, BeforePivot.Where(step => IsNeeded(step, submitted)));
    }

    // Nobody is asked for whom there is nothing to ask: the dossier would wait for an answer that never comes.
    private static bool IsNeeded(string step, LinkedBirthSubmitted submitted) => step switch
    {
        StepNames.HouseholdConsent => NeedsConsent(submitted),
        StepNames.Verification => CitizensToVerify(submitted).Any(),
        _ => true,
    };

    internal Task RequestConsent(BehaviorContext<LinkedBirthState> context)
    {
        var (dossier, submission) = (context.Saga, context.Saga.Submission!);
        var step = Work.Ask(dossier, StepNames.HouseholdConsent, Work.Options.ResidenceAgency);
        return Work.SendAsync(context, Work.Options.ResidenceAgency, new RequestHouseholdConsent
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
        var step = Work.Ask(dossier, StepNames.Verification, Work.Options.PopulationAgency);
        foreach (var (role, citizen) in CitizensToVerify(dossier.Submission!))
        {
            // Asked again after a mismatch, everybody is asked again: an answer is only as good as the question.
            dossier.Verified[role] = null;
            await Work.SendAsync(context, Work.Options.PopulationAgency, new VerifyCitizen
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
            Work.Raise(dossier, "verification." + answer.Result, StepNames.Verification);
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
        var step = Work.Ask(dossier, StepNames.Registration, Work.Options.CivilStatusAgency);
        return Work.SendAsync(context, Work.Options.CivilStatusAgency, new RegisterBirth
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
}
