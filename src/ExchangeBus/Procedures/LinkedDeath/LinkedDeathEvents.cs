using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Contracts.Population;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>The states and the events of its own, and how an event finds its dossier.</summary>
internal sealed partial class LinkedDeathProcess
{
    /// <summary>The registration does not hold: what was done because of it is being undone.</summary>
    public State Revoking { get; private set; } = null!;

    /// <summary>The person lives, and everything that followed is undone.</summary>
    public State Revoked { get; private set; } = null!;

    public Event<LinkedDeathSubmitted> Submitted { get; private set; } = null!;

    public Event<DeathRegistered> DeathRegistered { get; private set; } = null!;

    public Event<DeathRegistrationRefused> DeathRefused { get; private set; } = null!;

    public Event<PermanentResidenceDeleted> ResidenceDeleted { get; private set; } = null!;

    public Event<PermanentResidenceDeletionRefused> ResidenceDeletionRefused { get; private set; } = null!;

    public Event<HealthCardLocked> HealthCardLocked { get; private set; } = null!;

    public Event<FuneralAllowanceDecided> FuneralDecided { get; private set; } = null!;

    public Event<FuneralAllowancePaid> FuneralPaid { get; private set; } = null!;

    public Event<SurvivorBenefitSettled> SurvivorSettled { get; private set; } = null!;

    public Event<PersonalIdReplaced> PersonalIdReplaced { get; private set; } = null!;

    public Event<DeathRevoked> DeathRevoked { get; private set; } = null!;

    public Event<PermanentResidenceRestored> ResidenceRestored { get; private set; } = null!;

    public Event<HealthCardUnlocked> HealthCardUnlocked { get; private set; } = null!;

    public Event<AllowanceStopped> AllowanceStopped { get; private set; } = null!;

    private void FindDossiers(LinkedDeathSteps steps)
    {
        Event(() => Submitted, x => x.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)));
        ByNumber(() => DeathRefused, m => m.DossierNumber);
        ByNumber(() => ResidenceDeleted, m => m.DossierNumber);
        ByNumber(() => ResidenceDeletionRefused, m => m.DossierNumber);
        ByNumber(() => FuneralDecided, m => m.DossierNumber);
        ByNumber(() => FuneralPaid, m => m.DossierNumber);
        ByNumber(() => SurvivorSettled, m => m.DossierNumber);
        ByNumber(() => ResidenceRestored, m => m.DossierNumber);
        ByNumber(() => AllowanceStopped, m => m.DossierNumber);

        // The book may speak of a record without our number; the record is what we share. Deaths outside any dossier are none of ours.
        Event(() => DeathRegistered, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.DossierNumber == (m.Message.DossierNumber ?? "")
                || dossier.RegistrationKey == RegistrationKeys.Of(m.Message.Commune, m.Message.Book, m.Message.RegistrationNumber));
            x.OnMissingInstance(m => m.Execute(context => steps.NoteUnknownIfNumbered(context, context.Message.DossierNumber)));
        });
        Event(() => DeathRevoked, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.DossierNumber == (m.Message.DossierNumber ?? "") || dossier.RegistrationKey == RegistrationKeys.Of(m.Message.Registration));
            x.OnMissingInstance(m => m.Execute(context => steps.NoteUnknownIfNumbered(context, context.Message.DossierNumber)));
        });
        // Social insurance locks and unlocks cards also on a hospital's word, without any dossier; the person is what we share.
        Event(() => HealthCardLocked, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.DossierNumber == (m.Message.DossierNumber ?? "")
                || dossier.PersonalId == (m.Message.DossierNumber == null ? m.Message.PersonalId.Value ?? "" : ""));
            x.OnMissingInstance(m => m.Execute(context => steps.NoteUnknownIfNumbered(context, context.Message.DossierNumber)));
        });
        Event(() => HealthCardUnlocked, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.DossierNumber == (m.Message.DossierNumber ?? "")
                || dossier.PersonalId == (m.Message.DossierNumber == null ? m.Message.PersonalId.Value ?? "" : ""));
            x.OnMissingInstance(m => m.Execute(context => steps.NoteUnknownIfNumbered(context, context.Message.DossierNumber)));
        });
        Event(() => PersonalIdReplaced, x =>
        {
            x.CorrelateBy((dossier, m) => dossier.PersonalId == m.Message.OldPersonalId);
            x.OnMissingInstance(m => m.Discard());
        });
    }
}
