using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>The states and the events of the procedure, and how an event finds its dossier.</summary>
internal sealed partial class LinkedBirthProcess
{
    /// <summary>The one-stop desk of the commune checks the papers.</summary>
    public State AtDesk { get; private set; } = null!;

    /// <summary>The clock stands: the citizen has to supply something.</summary>
    public State WaitingForSupplement { get; private set; } = null!;

    /// <summary>The head of the household is asked.</summary>
    public State WaitingForConsent { get; private set; } = null!;

    /// <summary>The population database compares father, mother and applicant.</summary>
    public State Verifying { get; private set; } = null!;

    /// <summary>The civil-status registry has the dossier.</summary>
    public State Registering { get; private set; } = null!;

    /// <summary>The birth is registered; the branches run.</summary>
    public State Linking { get; private set; } = null!;

    public State Completed { get; private set; } = null!;

    public State CompletedPartly { get; private set; } = null!;

    public State Refused { get; private set; } = null!;

    public State Withdrawn { get; private set; } = null!;

    public Event<LinkedBirthSubmitted> Submitted { get; private set; } = null!;

    public Event<IntakeAccepted> IntakeAccepted { get; private set; } = null!;

    public Event<IntakeRefused> IntakeRefused { get; private set; } = null!;

    public Event<SupplementRequested> SupplementRequested { get; private set; } = null!;

    public Event<SupplementSubmitted> SupplementSubmitted { get; private set; } = null!;

    public Event<DossierWithdrawn> DossierWithdrawn { get; private set; } = null!;

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

    public Event<DeadlineReached> DeadlineReached { get; private set; } = null!;

    private void FindDossiers(LinkedBirthSteps steps)
    {
        Event(() => Submitted, x => x.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)));
        ByNumber(() => IntakeAccepted, m => m.DossierNumber, steps);
        ByNumber(() => IntakeRefused, m => m.DossierNumber, steps);
        ByNumber(() => SupplementRequested, m => m.DossierNumber, steps);
        ByNumber(() => SupplementSubmitted, m => m.DossierNumber, steps);
        ByNumber(() => DossierWithdrawn, m => m.DossierNumber, steps);
        ByNumber(() => ConsentAnswered, m => m.DossierNumber, steps);
        ByNumber(() => CitizenVerified, m => m.DossierNumber, steps);
        ByNumber(() => BirthRegistered, m => m.DossierNumber, steps);
        ByNumber(() => BirthRefused, m => m.DossierNumber, steps);
        ByNumber(() => ResidenceVerificationStarted, m => m.DossierNumber, steps);
        ByNumber(() => ResidenceRegistered, m => m.DossierNumber, steps);
        ByNumber(() => ResidenceRefused, m => m.DossierNumber, steps);
        ByNumber(() => HealthCardIssued, m => m.DossierNumber, steps);
        ByNumber(() => HealthCardRefused, m => m.DossierNumber, steps);
        ByNumber(() => IdentityCardIssued, m => m.DossierNumber, steps);
        ByNumber(() => IdentityCardRefused, m => m.DossierNumber, steps);
        ByNumber(() => DeadlineReached, m => m.DossierNumber, steps);

        // The registries may not know our number; the record is what they share. Births outside any dossier are none of ours.
        Event(() => PersonalIdAssigned, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.DossierNumber == (m.Message.DossierNumber ?? "") || dossier.RegistrationKey == RegistrationKeys.Of(m.Message.BirthRegistration));
            x.OnMissingInstance(m => m.Discard());
        });
        Event(() => PersonalIdReplaced, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.PersonalId == m.Message.OldPersonalId);
            x.OnMissingInstance(m => m.Discard());
        });
    }

    private void ByNumber<T>(System.Linq.Expressions.Expression<Func<Event<T>>> which, Func<T, string> numberOf, LinkedBirthSteps steps)
        where T : class =>
        Event(which, x =>
        {
            x.CorrelateById(m => DossierId.Of(numberOf(m.Message)));
            x.OnMissingInstance(m => m.Execute(context => steps.NoteUnknown(context, numberOf(context.Message))));
        });
}
