using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>What people are told of a linked birth, and what officers may enter for whom.</summary>
internal static class LinkedBirthMap
{
    internal static ProcedureMap Map { get; } = new()
    {
        UntilPivot = [StepNames.Intake, StepNames.HouseholdConsent, StepNames.Verification, StepNames.Registration],
        OptionalBranches = [StepNames.PermanentResidence, StepNames.HealthCard, StepNames.IdentityCard],
        Ends = new HashSet<string>
        {
            nameof(LinkedBirthProcess.Completed), nameof(LinkedBirthProcess.CompletedPartly), nameof(LinkedBirthProcess.Refused), nameof(LinkedBirthProcess.Withdrawn),
            nameof(LinkedBirthProcess.TakenOverByHand), nameof(LinkedBirthProcess.Annulled),
        },
        MayBeginAgain = new HashSet<string> { nameof(LinkedBirthProcess.Linking), nameof(LinkedBirthProcess.Completed), nameof(LinkedBirthProcess.CompletedPartly) },
        Answers = new Dictionary<string, IReadOnlyList<string>>
        {
            [StepNames.Intake] = [EventTypes.IntakeAccepted, EventTypes.IntakeRefused, EventTypes.SupplementRequested],
            [StepNames.Supplement] = [EventTypes.SupplementSubmitted],
            [StepNames.HouseholdConsent] = [EventTypes.HouseholdConsentAnswered],
            [StepNames.Verification] = [EventTypes.CitizenVerified],
            [StepNames.Registration] = [EventTypes.BirthRegistered, EventTypes.BirthRegistrationRefused, EventTypes.SupplementRequested],
            [StepNames.PermanentResidence] = [EventTypes.PermanentResidenceRegistered, EventTypes.PermanentResidenceRefused, EventTypes.ResidenceVerificationStarted],
            [StepNames.HealthCard] = [EventTypes.ChildHealthCardIssued, EventTypes.ChildHealthCardRefused],
            [StepNames.IdentityCard] = [EventTypes.ChildIdCardIssued, EventTypes.ChildIdCardRefused, EventTypes.PersonalIdAssigned],
        },
        Commands = new Dictionary<string, string>
        {
            [StepNames.Intake] = EventTypes.RequestIntake,
            [StepNames.HouseholdConsent] = EventTypes.RequestHouseholdConsent,
            [StepNames.Verification] = EventTypes.VerifyCitizen,
            [StepNames.Registration] = EventTypes.RegisterBirth,
            [StepNames.PermanentResidence] = EventTypes.RegisterPermanentResidence,
            [StepNames.HealthCard] = EventTypes.IssueChildHealthCard,
            [StepNames.IdentityCard] = EventTypes.IssueChildIdCard,
        },
    };
}
