using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.MassTransit.CloudEvents;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>What the linked birth waits for, and the record of each event that it reads or writes.</summary>
internal static class LinkedBirthMessages
{
    internal static RegisteredProcedure Procedure { get; } = new("linkedbirth", "linked_birth",
    [
        .. DeskMessages.WaitedFor,
        EventTypes.LinkedBirthSubmitted, EventTypes.HouseholdConsentAnswered, EventTypes.CitizenVerified, EventTypes.BirthRegistered, EventTypes.BirthRegistrationRefused,
        EventTypes.ResidenceVerificationStarted, EventTypes.PermanentResidenceRegistered, EventTypes.PermanentResidenceRefused,
        EventTypes.ChildHealthCardIssued, EventTypes.ChildHealthCardRefused, EventTypes.ChildIdCardIssued, EventTypes.ChildIdCardRefused,
        EventTypes.PersonalIdAssigned, EventTypes.PersonalIdReplaced, EventTypes.CivilStatusCorrected, EventTypes.RegistrationAnnulled,
    ], LinkedBirthMap.Map);

    internal static void Map(CloudEventsOptions messages) => messages.MapDesk()
        .Map<LinkedBirthSubmitted>(EventTypes.LinkedBirthSubmitted)
        .Map<RequestHouseholdConsent>(EventTypes.RequestHouseholdConsent)
        .Map<HouseholdConsentAnswered>(EventTypes.HouseholdConsentAnswered)
        .Map<VerifyCitizen>(EventTypes.VerifyCitizen)
        .Map<CitizenVerified>(EventTypes.CitizenVerified)
        .Map<RegisterBirth>(EventTypes.RegisterBirth)
        .Map<BirthRegistered>(EventTypes.BirthRegistered)
        .Map<BirthRegistrationRefused>(EventTypes.BirthRegistrationRefused)
        .Map<RegisterPermanentResidence>(EventTypes.RegisterPermanentResidence)
        .Map<ResidenceVerificationStarted>(EventTypes.ResidenceVerificationStarted)
        .Map<PermanentResidenceRegistered>(EventTypes.PermanentResidenceRegistered)
        .Map<PermanentResidenceRefused>(EventTypes.PermanentResidenceRefused)
        .Map<IssueChildHealthCard>(EventTypes.IssueChildHealthCard)
        .Map<ChildHealthCardIssued>(EventTypes.ChildHealthCardIssued)
        .Map<ChildHealthCardRefused>(EventTypes.ChildHealthCardRefused)
        .Map<IssueChildIdCard>(EventTypes.IssueChildIdCard)
        .Map<ChildIdCardIssued>(EventTypes.ChildIdCardIssued)
        .Map<ChildIdCardRefused>(EventTypes.ChildIdCardRefused)
        .Map<PersonalIdAssigned>(EventTypes.PersonalIdAssigned)
        .Map<PersonalIdReplaced>(EventTypes.PersonalIdReplaced)
        .Map<CivilStatusCorrected>(EventTypes.CivilStatusCorrected)
        .Map<RegistrationAnnulled>(EventTypes.RegistrationAnnulled);
}
