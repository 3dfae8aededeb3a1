using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>The states and the events of its own, and how an event finds its dossier.</summary>
internal sealed partial class LinkedBirthProcess
{
    /// <summary>The head of the household is asked.</summary>
    public State WaitingForConsent { get; private set; } = null!;

    /// <summary>The population database compares father, mother and applicant.</summary>
    public State Verifying { get; private set; } = null!;

    /// <summary>The registration never held: what was open was stopped.</summary>
    public State Annulled { get; private set; } = null!;

    public Event<LinkedBirthSubmitted> Submitted { get; private set; } = null!;

    public Event<HouseholdConsentAnswered> ConsentAnswered { get; private set; } = null!;

    public Event<CitizenVerified> CitizenVerified { get; private set; } = null!;

    public Event<BirthRegistered> BirthRegistered { get; private set; } = null!;

    public Event<BirthRegistrationRefused> BirthRefused { get; private set; } = null!;

    public Event<ResidenceVerificationStarted> ResidenceVerificationStarted { get; private set; } = null!;

    public Event<PermanentResidenceRegistered> ResidenceRegistered { get; private set; } = null!;

    public Event<PermanentResidenceRefused> ResidenceRefused { get; private set; } = null!;

    public Event<ChildHealthCardIssued> HealthCardIssued { get; private set; } = null!;

    public Event<ChildHealthCardRefused> HealthCardRefused { get; private set; } = null!;

    public Event<ChildIdCardIssued> IdentityCardIssued { get; private set; } = null!;

    public Event<ChildIdCardRefused> IdentityCardRefused { get; private set; } = null!;

    public Event<PersonalIdAssigned> PersonalIdAssigned { get; private set; } = null!;

    public Event<PersonalIdReplaced> PersonalIdReplaced { get; private set; } = null!;

    public Event<CivilStatusCorrected> Corrected { get; private set; } = null!;

    public Event<RegistrationAnnulled> RegistrationAnnulled { get; private set; } = null!;

    private void FindDossiers()
    {
        Event(() => Submitted, x => x.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)));
        ByNumber(() => ConsentAnswered, m => m.DossierNumber);
        ByNumber(() => CitizenVerified, m => m.DossierNumber);
        ByNumber(() => BirthRegistered, m => m.DossierNumber);
        ByNumber(() => BirthRefused, m => m.DossierNumber);
        ByNumber(() => ResidenceVerificationStarted, m => m.DossierNumber);
        ByNumber(() => ResidenceRegistered, m => m.DossierNumber);
        ByNumber(() => ResidenceRefused, m => m.DossierNumber);
        ByNumber(() => HealthCardIssued, m => m.DossierNumber);
        ByNumber(() => HealthCardRefused, m => m.DossierNumber);
        ByNumber(() => IdentityCardIssued, m => m.DossierNumber);
        ByNumber(() => IdentityCardRefused, m => m.DossierNumber);

        // The registries may not know our number; the record is what they share. Births outside any dossier are none of ours.
        Event(() => PersonalIdAssigned, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.DossierNumber == (m.Message.DossierNumber ?? "") || dossier.RegistrationKey == RegistrationKeys.Of(m.Message.BirthRegistration));
            x.OnMissingInstance(m => m.Discard());
        });
        Event(() => Corrected, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.RegistrationKey == LinkedBirthSteps.BirthKeyOf(m.Message.Registration));
            x.OnMissingInstance(m => m.Discard());
        });
        Event(() => RegistrationAnnulled, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.RegistrationKey == LinkedBirthSteps.BirthKeyOf(m.Message.Registration));
            x.OnMissingInstance(m => m.Discard());
        });
        Event(() => PersonalIdReplaced, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.PersonalId == m.Message.OldPersonalId);
            x.OnMissingInstance(m => m.Discard());
        });
    }
}
