using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Procedures.Tracing;

/// <summary>What an event type tells of civil-status records.</summary>
/// <param name="CarriesRegistration">What stands in the book is in it, so that it is wrong when the book was.</param>
internal sealed record TracedType(bool CarriesRegistration)
{
    /// <summary>Kind of the record (<c>birth</c>, <c>death</c>) whose entry in the book the event itself is; null for others.</summary>
    public string? Entry { get; init; }

    /// <summary>Member with the key of the record that it is about; null when it names none.</summary>
    public string? Record { get; init; }

    /// <summary>The branch that it brings to its end; null for others.</summary>
    public string? Fact { get; init; }
}

/// <summary>
/// The types whose events are traced. Every personal number in them is traced too, whoever's it is; the dossier is the member <c>dossierNumber</c>.
/// What came before the registration carries a declaration and not the book, and is traced for its persons only.
/// </summary>
internal static class TracedTypes
{
    private static readonly TracedType OfPersons = new(CarriesRegistration: false);
    private static readonly TracedType OfRegistration = new(CarriesRegistration: true);

    internal static IReadOnlyDictionary<string, TracedType> All { get; } = new Dictionary<string, TracedType>(StringComparer.Ordinal)
    {
        [EventTypes.LinkedBirthSubmitted] = OfPersons,
        [EventTypes.LinkedDeathSubmitted] = OfPersons,
        [EventTypes.RequestIntake] = OfPersons,
        [EventTypes.RequestHouseholdConsent] = OfPersons,
        [EventTypes.VerifyCitizen] = OfPersons,
        [EventTypes.CitizenUpdated] = OfPersons,
        [EventTypes.RegisterBirth] = OfPersons,
        [EventTypes.RegisterDeath] = OfPersons,

        [EventTypes.BirthRegistered] = OfRegistration with { Entry = "birth" },
        [EventTypes.PersonalIdAssigned] = OfRegistration with { Record = "birthRegistration" },
        [EventTypes.RegisterPermanentResidence] = OfRegistration,
        [EventTypes.PermanentResidenceRegistered] = OfRegistration with { Fact = StepNames.PermanentResidence },
        [EventTypes.IssueChildHealthCard] = OfRegistration,
        [EventTypes.ChildHealthCardIssued] = OfRegistration with { Fact = StepNames.HealthCard },
        [EventTypes.IssueChildIdCard] = OfRegistration with { Record = "birthRegistration" },
        [EventTypes.ChildIdCardIssued] = OfRegistration,

        [EventTypes.DeathRegistered] = OfRegistration with { Entry = "death" },
        [EventTypes.DeletePermanentResidence] = OfRegistration with { Record = "deathRegistration" },
        [EventTypes.PermanentResidenceDeleted] = OfRegistration with { Fact = StepNames.ResidenceDeletion },
        [EventTypes.LockHealthCard] = OfRegistration with { Record = "deathRegistration" },
        [EventTypes.HealthCardLocked] = OfRegistration with { Fact = StepNames.HealthCardLock },
        [EventTypes.DecideFuneralAllowance] = OfRegistration with { Record = "deathRegistration" },
        [EventTypes.FuneralAllowanceDecided] = OfRegistration,
        [EventTypes.FuneralAllowancePaid] = OfRegistration,
        [EventTypes.SettleSurvivorBenefit] = OfRegistration with { Record = "deathRegistration" },
        [EventTypes.SurvivorBenefitSettled] = OfRegistration,

        // A second correction makes the first one wrong.
        [EventTypes.CivilStatusCorrected] = OfRegistration with { Record = "registration" },
        [EventTypes.RegistrationAnnulled] = OfPersons with { Record = "registration" },
        [EventTypes.DeathRevoked] = OfPersons with { Record = "registration" },
        [EventTypes.PersonalIdReplaced] = OfPersons,
        [EventTypes.CorrectionApplied] = OfPersons,
    };
}
