using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>What the sentences do from the registration on: each branch ends alone.</summary>
internal sealed partial class LinkedBirthSteps
{
    internal void RecordRegistration(BehaviorContext<LinkedBirthState, BirthRegistered> context)
    {
        var (dossier, registered) = (context.Saga, context.Message);
        dossier.Registered = registered;
        dossier.PersonalId ??= registered.PersonalId;
        dossier.RegistrationKey = RegistrationKeys.Of(registered.Commune, registered.Book, registered.RegistrationNumber);
        DossierWork.End(dossier, StepNames.Registration, StepStatus.Done, registered.RegistrationNumber);
        DossierNumbers.Link(context, dossier.DossierNumber, NumberingWorlds.CivilStatus, dossier.RegistrationKey);
        RaiseIfAnother(dossier, dossier.Submission!.Child.Name, registered.Child.Name, dossier.Submission.Child.BirthDate == registered.Child.BirthDate);
    }

    /// <summary>The same entry again is a repeat, but for the personal id that was not known the first time; another one would be a second registration of one birth.</summary>
    internal void CompareRegistration(BehaviorContext<LinkedBirthState, BirthRegistered> context)
    {
        var (dossier, registered) = (context.Saga, context.Message);
        if (RegistrationKeys.Of(registered.Commune, registered.Book, registered.RegistrationNumber) != dossier.RegistrationKey)
            NoteContradiction(context);
        else if (registered.PersonalId is not null && dossier.PersonalId is null)
            dossier.PersonalId = registered.PersonalId;
        else
            NoteUnlessSame(context, registered.PersonalId is null || registered.PersonalId == dossier.PersonalId);
    }

    internal Task RegisterResidence(BehaviorContext<LinkedBirthState> context)
    {
        var dossier = context.Saga;
        var step = Work.Ask(dossier, StepNames.PermanentResidence, Work.Options.ResidenceAgency);
        return Work.SendAsync(context, Work.Options.ResidenceAgency, new RegisterPermanentResidence
        {
            DossierNumber = dossier.DossierNumber,
            BirthRegistrationNumber = RecordNumber(dossier),
            PersonalId = dossier.PersonalId,
            Child = dossier.Registered!.Child,
            HouseholdHead = dossier.Submission!.HouseholdHead,
            DueAt = step.DueAt!.Value,
        });
    }

    internal Task IssueHealthCard(BehaviorContext<LinkedBirthState> context)
    {
        var dossier = context.Saga;
        var step = Work.Ask(dossier, StepNames.HealthCard, Work.Options.SocialInsuranceAgency);
        return Work.SendAsync(context, Work.Options.SocialInsuranceAgency, new IssueChildHealthCard
        {
            DossierNumber = dossier.DossierNumber,
            BirthRegistrationNumber = RecordNumber(dossier),
            PersonalId = dossier.PersonalId,
            Child = dossier.Registered!.Child,
            Residence = AddressOf(dossier),
            DueAt = step.DueAt!.Value,
        });
    }

    internal static bool IdIsKnown(BehaviorContext<LinkedBirthState> context) => context.Saga.PersonalId is not null;

    /// <summary>The card's number is the personal id: without it nobody can issue one.</summary>
    internal void WaitForPersonalId(BehaviorContext<LinkedBirthState> context)
    {
        Work.Ask(context.Saga, StepNames.IdentityCard, Work.Options.PopulationAgency);
        DossierWork.Block(context.Saga, StepNames.IdentityCard);
    }

    internal static bool IdentityCardWaitsForId(BehaviorContext<LinkedBirthState> context) =>
        context.Saga is { Registered: not null, PersonalId: not null } && context.Saga.Steps.TryGetValue(StepNames.IdentityCard, out var card) && card.Status == StepStatus.Blocked;

    internal Task IssueIdentityCard(BehaviorContext<LinkedBirthState> context)
    {
        var (dossier, registered) = (context.Saga, context.Saga.Registered!);
        var step = Work.Ask(dossier, StepNames.IdentityCard, Work.Options.IdentityAgency);
        return Work.SendAsync(context, Work.Options.IdentityAgency, new IssueChildIdCard
        {
            DossierNumber = dossier.DossierNumber,
            PersonalId = dossier.PersonalId!,
            BirthRegistration = RegistrationOf(registered),
            Child = registered.Child,
            Representative = dossier.Submission!.Applicant,
            DueAt = step.DueAt!.Value,
        });
    }

    /// <summary>Somebody has to look on the spot: five working days instead of two (Decree 63/2024).</summary>
    internal void GrantVerificationTime(BehaviorContext<LinkedBirthState> context)
    {
        if (context.Saga.Steps.TryGetValue(StepNames.PermanentResidence, out var step) && step.Runs)
            Work.ChangeLimit(context.Saga, StepNames.PermanentResidence, StepNames.PermanentResidenceVerified);
        else
            NoteRepeat(context);
    }

    internal void RecordResidence(BehaviorContext<LinkedBirthState, PermanentResidenceRegistered> context)
    {
        EndBranch(context, StepNames.PermanentResidence, StepStatus.Done, context.Message.ResidenceNumber);
        DossierNumbers.Link(context, context.Saga.DossierNumber, NumberingWorlds.Residence, context.Message.ResidenceNumber);
    }

    internal void RecordResidenceRefusal(BehaviorContext<LinkedBirthState, PermanentResidenceRefused> context) =>
        EndBranch(context, StepNames.PermanentResidence, StepStatus.Refused, context.Message.ReasonCode);

    internal void RecordHealthCard(BehaviorContext<LinkedBirthState, ChildHealthCardIssued> context) =>
        EndBranch(context, StepNames.HealthCard, StepStatus.Done, context.Message.CardNumber);

    internal void RecordHealthCardRefusal(BehaviorContext<LinkedBirthState, ChildHealthCardRefused> context) =>
        EndBranch(context, StepNames.HealthCard, StepStatus.Refused, context.Message.ReasonCode);

    internal void RecordIdentityCard(BehaviorContext<LinkedBirthState, ChildIdCardIssued> context) =>
        EndBranch(context, StepNames.IdentityCard, StepStatus.Done, outcome: null);

    internal void RecordIdentityCardRefusal(BehaviorContext<LinkedBirthState, ChildIdCardRefused> context) =>
        EndBranch(context, StepNames.IdentityCard, StepStatus.Refused, context.Message.ReasonCode);

    internal void CompareResidence(BehaviorContext<LinkedBirthState, PermanentResidenceRegistered> context) =>
        CompareBranch(context, StepNames.PermanentResidence, StepStatus.Done, context.Message.ResidenceNumber);

    internal void CompareResidence(BehaviorContext<LinkedBirthState, PermanentResidenceRefused> context) =>
        CompareBranch(context, StepNames.PermanentResidence, StepStatus.Refused, context.Message.ReasonCode);

    internal void CompareHealthCard(BehaviorContext<LinkedBirthState, ChildHealthCardIssued> context) =>
        CompareBranch(context, StepNames.HealthCard, StepStatus.Done, context.Message.CardNumber);

    internal void CompareHealthCard(BehaviorContext<LinkedBirthState, ChildHealthCardRefused> context) =>
        CompareBranch(context, StepNames.HealthCard, StepStatus.Refused, context.Message.ReasonCode);

    internal void CompareIdentityCard(BehaviorContext<LinkedBirthState, ChildIdCardIssued> context) =>
        CompareBranch(context, StepNames.IdentityCard, StepStatus.Done, outcome: null);

    internal void CompareIdentityCard(BehaviorContext<LinkedBirthState, ChildIdCardRefused> context) =>
        CompareBranch(context, StepNames.IdentityCard, StepStatus.Refused, context.Message.ReasonCode);

    internal void RecordPersonalId(BehaviorContext<LinkedBirthState, PersonalIdAssigned> context)
    {
        var dossier = context.Saga;
        if (dossier.PersonalId is null)
            dossier.PersonalId = context.Message.PersonalId;
        else
            NoteUnlessSame(context, dossier.PersonalId == context.Message.PersonalId);
    }

    internal static void ReplacePersonalId(BehaviorContext<LinkedBirthState, PersonalIdReplaced> context) => context.Saga.PersonalId = context.Message.NewPersonalId;

    /// <inheritdoc/>
    protected override Task AskAgain(BehaviorContext<LinkedBirthState> context, string step) => step switch
    {
        StepNames.Intake => RequestIntake(context),
        StepNames.HouseholdConsent => RequestConsent(context),
        StepNames.Verification => VerifyCitizens(context),
        StepNames.Registration => RegisterBirth(context),
        StepNames.PermanentResidence => RegisterResidence(context),
        StepNames.HealthCard => IssueHealthCard(context),
        _ => AskForIdentityCard(context),
    };

    private Task AskForIdentityCard(BehaviorContext<LinkedBirthState> context)
    {
        if (IdIsKnown(context))
            return IssueIdentityCard(context);
        WaitForPersonalId(context);
        return Task.CompletedTask;
    }

    private static bool NeedsConsent(LinkedBirthSubmitted submission) =>
        submission.Procedures.Contains(StepNames.PermanentResidence) && !IsParent(submission, submission.HouseholdHead);

    // Only a number says for certain that two are one person; who has none is asked.
    private static bool IsParent(LinkedBirthSubmitted submission, Adult person) =>
        person.PersonalId?.Value is { } id && (submission.Mother.PersonalId?.Value == id || submission.Father?.Value?.PersonalId?.Value == id);

    private static IEnumerable<(string Role, CitizenKey Citizen)> CitizensToVerify(LinkedBirthSubmitted submission)
    {
        if (HasNumber(submission.Mother))
            yield return ("mother", KeyOf(submission.Mother));
        if (submission.Father?.Value is { } father && HasNumber(father))
            yield return ("father", KeyOf(father));
        if (!IsParent(submission, submission.Applicant) && HasNumber(submission.Applicant))
            yield return ("applicant", KeyOf(submission.Applicant));
    }

    private static RegistrationReference RegistrationOf(BirthRegistered registered) => new()
    {
        Kind = "birth",
        RegistrationNumber = registered.RegistrationNumber,
        Book = registered.Book,
        Commune = registered.Commune,
        RegisteredOn = registered.RegisteredOn,
    };

    private static CitizenKey KeyOf(Adult person) => new()
    {
        PersonalId = person.PersonalId?.Value,
        OldIdCard = person.OldIdCard,
        Name = person.Name,
        BirthDate = person.BirthDate ?? Stated.Unknown<string>(),
    };

    // Whoever has no Vietnamese number, the database cannot know.
    private static bool HasNumber(Adult person) => person.PersonalId?.Value is not null || person.OldIdCard is not null;

    private static Address AddressOf(LinkedBirthState dossier) => dossier.Submission!.HouseholdHead.Residence?.Value?.ToAddress() ?? new Address(dossier.Commune);

    private static string RecordNumber(LinkedBirthState dossier) => $"{dossier.Registered!.RegistrationNumber}-{dossier.Registered.Book}-{dossier.Registered.Commune}";
}
