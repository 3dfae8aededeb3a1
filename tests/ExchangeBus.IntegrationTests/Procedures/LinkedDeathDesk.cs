using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Procedures;

/// <summary>A bus with all agencies of a linked death, each played by the test over HTTP and AMQP.</summary>
internal sealed class LinkedDeathDesk(RunningBus bus) : DossierDesk(bus)
{
    internal const string FromInsurance = "socialInsurance", FromProtection = "socialProtection";

    internal static readonly TestAgency Portal = new("G22.99.08", "portal", ["vn.portal.*"], ("progress", [EventTypes.DossierProgressed]));
    internal static readonly TestAgency CivilStatus = new("G15", "civilstatus", ["vn.civilstatus.*", "vn.onestop.supplementrequested.v1"], ("commands", [EventTypes.RegisterDeath]));
    internal static readonly TestAgency Residence = new("G01", "residence", ["vn.residence.*"], ("commands", [EventTypes.DeletePermanentResidence, EventTypes.RestorePermanentResidence]));
    internal static readonly TestAgency Insurance = new("G24", "socialinsurance", ["vn.socialinsurance.*", "vn.allowances.*"],
        ("commands", [EventTypes.LockHealthCard, EventTypes.UnlockHealthCard, EventTypes.DecideFuneralAllowance, EventTypes.SettleSurvivorBenefit, EventTypes.StopAllowance]));

    internal static readonly TestAgency Protection = new("H26.16", "socialprotection", ["vn.allowances.*"], ("commands", [EventTypes.DecideFuneralAllowance, EventTypes.StopAllowance]));
    internal static readonly TestAgency Health = new("G18", "adapter", [], ("deaths", [EventTypes.DeathRegistered, EventTypes.DeathRevoked]));
    internal static readonly TestAgency OneStop = LinkedBirthDesk.OneStop;

    private static readonly DateOnly Day = new(2026, 11, 24);

    private static readonly LinkedDeathSubmitted Sample = EventData.Read<LinkedDeathSubmitted>(
        File.ReadAllBytes(Path.Combine(Samples.SchemasFolder, "portal", "linkeddeathsubmitted", "v1.valid", "all-procedures.json")));

    internal static async Task<LinkedDeathDesk> OpenAsync(IReadOnlyDictionary<string, string?>? settings = null) =>
        new(await RunningBus.StartAsync(Servers.Current, [Portal, CivilStatus, Residence, Insurance, Protection, OneStop, Health], settings));

    /// <summary>A dossier of its own person, by six digits.</summary>
    internal static LinkedDeathSubmitted Submission(string number, params string[] procedures) => Sample with
    {
        DossierNumber = $"G22.99.08-261123-{number}",
        Procedures = procedures,
        Deceased = Sample.Deceased with { PersonalId = $"001048{number}" },
    };

    internal Task SubmitAsync(LinkedDeathSubmitted submission) => PublishAsync(Portal, EventTypes.LinkedDeathSubmitted, submission.DossierNumber, submission);

    /// <summary>The citizen hands it in and the death is registered.</summary>
    internal async Task<LinkedDeathSubmitted> BeginAsync(LinkedDeathSubmitted submission)
    {
        await SubmitAsync(submission);
        await CommandAsync(CivilStatus, EventTypes.RegisterDeath, submission.DossierNumber);
        await RegisterAsync(submission);
        await DossierInStateAsync(submission.DossierNumber, "Linking");
        return submission;
    }

    internal static RegistrationReference RecordOf(LinkedDeathSubmitted submission) => new()
    {
        Kind = "death",
        RegistrationNumber = submission.DossierNumber[^6..],
        Book = "01/2026",
        Commune = submission.Commune,
        RegisteredOn = Day,
    };

    internal Task RegisterAsync(LinkedDeathSubmitted submission) => PublishAsync(CivilStatus, EventTypes.DeathRegistered, submission.DossierNumber, new DeathRegistered
    {
        DossierNumber = submission.DossierNumber,
        RegistrationNumber = RecordOf(submission).RegistrationNumber,
        Book = "01/2026",
        Commune = submission.Commune,
        RegisteredOn = Day,
        Deceased = submission.Deceased,
        Death = submission.Death,
    });

    internal Task DeleteResidenceAsync(string dossier) => PublishAsync(Residence, EventTypes.PermanentResidenceDeleted, dossier, new PermanentResidenceDeleted
    {
        DossierNumber = dossier,
        ResidenceNumber = "R-7",
        PersonalId = Stated.Unknown<string>(),
        DeletedOn = Day,
    });

    internal Task RefuseDeletionAsync(string dossier) => PublishAsync(Residence, EventTypes.PermanentResidenceDeletionRefused, dossier,
        new PermanentResidenceDeletionRefused(dossier, "XT.02", "Không có bản ghi thường trú."));

    internal Task LockAsync(string dossier, string? card = "HT2010123456789") => PublishAsync(Insurance, EventTypes.HealthCardLocked, dossier, new HealthCardLocked
    {
        DossierNumber = dossier,
        CardNumber = card is null ? Stated.None<string>() : Stated.Of(card),
        PersonalId = Stated.Unknown<string>(),
        LockedOn = Day,
        Reason = "death",
    });

    internal Task GrantFuneralAsync(string dossier, string payer, string number = "15/QĐ-BHXH") => DecideFuneralAsync(dossier, payer, "granted", d => d with
    {
        Amount = 23_400_000,
        Decision = DecisionOf(number),
    });

    internal Task RefuseFuneralAsync(string dossier, string payer, string reasonCode) => DecideFuneralAsync(dossier, payer, "refused", d => d with
    {
        ReasonCode = reasonCode,
        Reason = "Không thuộc đối tượng hưởng.",
    });

    internal Task PayFuneralAsync(string dossier, string payer, string status) =>
        PublishAsync(AgencyOf(payer), EventTypes.FuneralAllowancePaid, dossier, new FuneralAllowancePaid
        {
            DossierNumber = dossier,
            Payer = payer,
            DecisionNumber = "15/QĐ-BHXH",
            Status = status,
            Amount = 23_400_000,
            PaidOn = status == "paid" ? Day : null,
            Reason = status == "paid" ? null : "Tài khoản không tồn tại.",
        });

    internal Task SettleSurvivorsAsync(string dossier) => PublishAsync(Insurance, EventTypes.SurvivorBenefitSettled, dossier, new SurvivorBenefitSettled
    {
        DossierNumber = dossier,
        Outcome = "granted",
        Kind = "monthly",
        Beneficiaries = [new Beneficiary { PersonalId = Stated.Unknown<string>(), Name = new PersonName("Phạm", "Thị", "Ví"), Amount = 1_170_000 }],
        Decision = DecisionOf("16/QĐ-BHXH"),
    });

    internal Task RevokeAsync(LinkedDeathSubmitted submission, Func<DeathRevoked, DeathRevoked>? change = null)
    {
        var revoked = new DeathRevoked
        {
            DossierNumber = submission.DossierNumber,
            Registration = RecordOf(submission),
            Person = submission.Deceased,
            RevokedOn = Day,
            Decision = DecisionOf("17/QĐ-UBND"),
            Cause = "mistakenIdentity",
        };
        return PublishAsync(CivilStatus, EventTypes.DeathRevoked, submission.DossierNumber, change?.Invoke(revoked) ?? revoked);
    }

    internal Task RestoreResidenceAsync(string dossier) => PublishAsync(Residence, EventTypes.PermanentResidenceRestored, dossier, new PermanentResidenceRestored
    {
        DossierNumber = dossier,
        ResidenceNumber = "R-7",
        PersonalId = Stated.Unknown<string>(),
        Address = new Address("00004"),
        RestoredOn = Day,
    });

    internal Task UnlockAsync(string dossier) => PublishAsync(Insurance, EventTypes.HealthCardUnlocked, dossier, new HealthCardUnlocked
    {
        DossierNumber = dossier,
        CardNumber = "HT2010123456789",
        PersonalId = Stated.Unknown<string>(),
        UnlockedOn = Day,
        Reason = "deathRevoked",
    });

    internal Task StopAsync(string dossier, string allowance, string payer) => PublishAsync(AgencyOf(payer), EventTypes.AllowanceStopped, dossier, new AllowanceStopped
    {
        DossierNumber = dossier,
        Allowance = allowance,
        Payer = payer,
        StoppedOn = Day,
        AmountPaid = 23_400_000,
        AmountToRecover = 23_400_000,
    });

    /// <summary>What the portal was told when the dossier came into a state.</summary>
    internal async Task<DossierProgressed> ToldAsync(string dossier, string state) => EventData.Read<DossierProgressed>((await ReceivedAsync(
        "sub.G22.99.08.progress", e => e.Type == EventTypes.DossierProgressed && e.Subject == dossier && EventData.Read<DossierProgressed>(e.Data.Span).State == state, $"the portal is told that {dossier} is {state}")).Data.Span);

    /// <summary>Waits until the dossier has exactly these matters.</summary>
    internal Task MattersAreAsync(string dossier, params string[] codes) => Eventually.GetAsync(
        () => CountAsync("""
            select count(*) from procedures.linked_death where dossier_number = @dossier
            and (select coalesce(array_agg(m ->> 'code' order by m ->> 'code'), '{}') from jsonb_array_elements(data -> 'matters') m) = @codes
            """, new { dossier, codes = codes.Order(StringComparer.Ordinal).ToArray() }),
        n => n == 1, $"the matters of {dossier} are {string.Join(", ", codes)}");

    private Task DecideFuneralAsync(string dossier, string payer, string outcome, Func<FuneralAllowanceDecided, FuneralAllowanceDecided> complete) =>
        PublishAsync(AgencyOf(payer), EventTypes.FuneralAllowanceDecided, dossier, complete(new FuneralAllowanceDecided
        {
            DossierNumber = dossier,
            Payer = payer,
            PersonalId = Stated.Unknown<string>(),
            Outcome = outcome,
        }));

    private static TestAgency AgencyOf(string payer) => payer == FromInsurance ? Insurance : Protection;

    private static Decision DecisionOf(string number) => new() { Number = number, DecidedOn = Day, Authority = "Ủy ban nhân dân" };
}
