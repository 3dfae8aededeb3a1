using ExchangeBus.Contracts;

namespace ExchangeBus.AppHost;

/// <summary>A system of an agency as the bus is told of it.</summary>
internal sealed record DevelopmentSystem(string Name, string BrokerPassword, params string[] Publishes)
{
    /// <summary>People behind it judge held events and suspected duplicates of all agencies.</summary>
    internal bool Reviews { get; init; }
}

/// <summary>A subscription of an agency as the bus is told of it.</summary>
internal sealed record DevelopmentSubscription(string Name, params string[] Types)
{
    /// <summary>What it receives of a body. All by default: whoever acts on a dossier needs it.</summary>
    internal string[] Fields { get; init; } = ["all"];
}

/// <summary>An agency as the bus is told of it.</summary>
internal sealed record DevelopmentAgency(string Code, string Name, DevelopmentSystem[] Systems, DevelopmentSubscription[] Subscriptions, params string[] Owns);

/// <summary>
/// The agencies of the development bus. Their broker passwords are known to everyone who reads this file; everything listens on loopback
/// only. Their keys are made on this machine by <see cref="DevelopmentKeys"/>.
/// </summary>
internal static class DevelopmentAgencies
{
    /// <summary>One commune's desk stands for all: the demo knows one province.</summary>
    internal const string OneStop = "H26.15";

    internal static string BrokerPasswordOf(string system) => $"dev-{system}-password-not-for-production";

    internal static IReadOnlyList<DevelopmentAgency> All { get; } =
    [
        new("G22.99.08", "Cổng Dịch vụ công quốc gia", [System("portal", "vn.portal.*")],
            [new("progress", EventTypes.DossierProgressed, EventTypes.SupplementRequested)], "vn.portal.*", "vn.procedures.*"),
        new(OneStop, "Bộ phận Một cửa cấp xã, thành phố Hà Nội", [System("onestop", EventTypes.IntakeAccepted, EventTypes.IntakeRefused, EventTypes.SupplementRequested)],
            [new("intake", EventTypes.RequestIntake, EventTypes.SupplementSubmitted)], "vn.onestop.*"),
        new("G15", "Bộ Tư pháp",
            [System("civilstatus", EventTypes.BirthRegistered, EventTypes.BirthRegistrationRefused, EventTypes.DeathRegistered, EventTypes.DeathRegistrationRefused,
                EventTypes.CivilStatusCorrected, EventTypes.RegistrationAnnulled, EventTypes.DeathRevoked)],
            [new("commands", EventTypes.RegisterBirth, EventTypes.RegisterDeath)], "vn.civilstatus.*"),
        new("G01", "Bộ Công an",
            [System("residence", EventTypes.HouseholdConsentAnswered, EventTypes.ResidenceVerificationStarted, EventTypes.PermanentResidenceRegistered,
                EventTypes.PermanentResidenceRefused, EventTypes.PermanentResidenceDeleted, EventTypes.PermanentResidenceDeletionRefused, EventTypes.PermanentResidenceRestored)],
            [new("commands", EventTypes.RequestHouseholdConsent, EventTypes.RegisterPermanentResidence, EventTypes.DeletePermanentResidence, EventTypes.RestorePermanentResidence)],
            "vn.residence.*"),
        new("G01.C06", "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
            [System("population", EventTypes.CitizenUpdated, EventTypes.CitizenVerified, EventTypes.PersonalIdAssigned, EventTypes.PersonalIdReplaced),
                System("identity", EventTypes.ChildIdCardIssued, EventTypes.ChildIdCardRefused)],
            [new("population", EventTypes.VerifyCitizen, EventTypes.BirthRegistered, EventTypes.DeathRegistered, EventTypes.DeathRevoked), new("identity", EventTypes.IssueChildIdCard)],
            "vn.population.*", "vn.identity.*"),
        new("G24", "Bảo hiểm xã hội Việt Nam",
            [System("socialinsurance", EventTypes.ChildHealthCardIssued, EventTypes.ChildHealthCardRefused, EventTypes.HealthCardLocked, EventTypes.HealthCardUnlocked,
                EventTypes.FuneralAllowanceDecided, EventTypes.FuneralAllowancePaid, EventTypes.SurvivorBenefitSettled, EventTypes.AllowanceStopped)],
            [new("commands", EventTypes.IssueChildHealthCard, EventTypes.LockHealthCard, EventTypes.UnlockHealthCard, EventTypes.DecideFuneralAllowance,
                EventTypes.SettleSurvivorBenefit, EventTypes.StopAllowance, EventTypes.FuneralAllowanceDecided, EventTypes.BirthNoticeIssued, EventTypes.DeathNoticeIssued,
                EventTypes.PersonalIdAssigned, EventTypes.PersonalIdReplaced)],
            "vn.socialinsurance.*", "vn.allowances.*"),
        new("H26.16", "Ủy ban nhân dân cấp xã, thành phố Hà Nội: trợ giúp xã hội",
            [System("socialprotection", EventTypes.FuneralAllowanceDecided, EventTypes.FuneralAllowancePaid, EventTypes.AllowanceStopped)],
            [new("commands", EventTypes.DecideFuneralAllowance, EventTypes.StopAllowance, EventTypes.FuneralAllowanceDecided)]),
        new("H26.30", "Bệnh viện, thành phố Hà Nội", [System("hospital", EventTypes.BirthNoticeIssued, EventTypes.DeathNoticeIssued)], []),
        // Nobody of ours uses this one: it is for a newcomer's own adapter. It sees what is public, and of a child the day of birth and the gender; it also judges
        // what is held, so that a newcomer sees how that ends.
        new("G18", "Bộ Y tế", [System("adapter", "vn.health.*") with { Reviews = true }],
            [new("births", EventTypes.BirthRegistered, EventTypes.CitizenUpdated) { Fields = ["public", "/child/birthDate", "/child/gender"] }], "vn.health.*"),
    ];

    /// <summary>The agencies as environment variables of the host, section <c>Bus</c>, and who of them acts; their public keys are read from a folder.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> HostVariables(string keysFolder) =>
        [new("Procedures__OneStopAgency", OneStop), .. All.SelectMany((agency, i) => VariablesOf(agency, $"Bus__Agencies__{i}__", keysFolder))];

    private static DevelopmentSystem System(string name, params string[] publishes) => new(name, BrokerPasswordOf(name), publishes);

    private static IEnumerable<KeyValuePair<string, string>> VariablesOf(DevelopmentAgency agency, string at, string keysFolder)
    {
        yield return new($"{at}Code", agency.Code);
        yield return new($"{at}Name", agency.Name);
        foreach (var variable in Listed($"{at}Owns__", agency.Owns))
            yield return variable;
        for (var s = 0; s < agency.Systems.Length; s++)
        {
            yield return new($"{at}Systems__{s}__System", agency.Systems[s].Name);
            yield return new($"{at}Systems__{s}__BrokerPassword", agency.Systems[s].BrokerPassword);
            yield return new($"{at}Systems__{s}__Keys__0__PublicKeyFile", DevelopmentKeys.PublicFile(keysFolder, agency.Systems[s].Name));
            if (agency.Systems[s].Reviews)
                yield return new($"{at}Systems__{s}__Reviews", "true");
            foreach (var variable in Listed($"{at}Systems__{s}__Publishes__", agency.Systems[s].Publishes))
                yield return variable;
        }

        for (var s = 0; s < agency.Subscriptions.Length; s++)
        {
            yield return new($"{at}Subscriptions__{s}__Name", agency.Subscriptions[s].Name);
            foreach (var variable in Listed($"{at}Subscriptions__{s}__Types__", agency.Subscriptions[s].Types))
                yield return variable;
            foreach (var variable in Listed($"{at}Subscriptions__{s}__Fields__", agency.Subscriptions[s].Fields))
                yield return variable;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Listed(string at, string[] values) =>
        values.Select((value, i) => new KeyValuePair<string, string>($"{at}{i}", value));
}
