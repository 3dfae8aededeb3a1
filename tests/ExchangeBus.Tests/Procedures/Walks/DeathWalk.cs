using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Contracts.Population;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.LinkedDeath;

namespace ExchangeBus.Tests.Procedures.Walks;

/// <summary>Every event that a linked death knows.</summary>
internal sealed class DeathWalk : DossierWalk<LinkedDeathState>
{
    private readonly LinkedDeathProcess _process;

    internal DeathWalk()
    {
        _process = new LinkedDeathProcess(new LinkedDeathSteps(Work, new UnknownDossiers(TimeProvider.System)));
        Use(_process);
        On("Submitted", variant => Submit(variant));
        On("DeathRegistered", v => Raise(_process.DeathRegistered, Example<DeathRegistered>("civilstatus/deathregistered", v) with { DossierNumber = Number }));
        On("DeathRefused", _ => Raise(_process.DeathRefused, new DeathRegistrationRefused(Number, "noticeMissing", "Thiếu giấy báo tử")));
        On("ResidenceDeleted", v => Raise(_process.ResidenceDeleted, Example<PermanentResidenceDeleted>("residence/permanentresidencedeleted", v) with { DossierNumber = Number }));
        On("ResidenceDeletionRefused", _ => Raise(_process.ResidenceDeletionRefused, new PermanentResidenceDeletionRefused(Number, "notFound", "Không có đăng ký")));
        On("HealthCardLocked", v => Raise(_process.HealthCardLocked, Locked(v)));
        On("FuneralDecided", v => Raise(_process.FuneralDecided, Decided(v)));
        On("FuneralPaid", v => Raise(_process.FuneralPaid, Paid(v)));
        On("SurvivorSettled", v => Raise(_process.SurvivorSettled, Example<SurvivorBenefitSettled>("allowances/survivorbenefitsettled", v) with { DossierNumber = Number }));
        On("PersonalIdReplaced", v => ReplacePersonalId(v));
        On("DeathRevoked", v => Raise(_process.DeathRevoked, Revoked(v)));
        On("ResidenceRestored", v => Raise(_process.ResidenceRestored, Example<PermanentResidenceRestored>("residence/permanentresidencerestored", v) with { DossierNumber = Number }));
        On("HealthCardUnlocked", v => Raise(_process.HealthCardUnlocked, Example<HealthCardUnlocked>("socialinsurance/healthcardunlocked", v) with { DossierNumber = Number }));
        On("AllowanceStopped", v => Raise(_process.AllowanceStopped, Stopped(v)));
    }

    protected override LawOfDossiers NewLaw() => new LawOfDeaths();

    protected override void Submit(int example) =>
        Raise(_process.Submitted, Example<LinkedDeathSubmitted>("portal/linkeddeathsubmitted", example) with { DossierNumber = Number });

    protected override IReadOnlyList<string> AnswersOf(string step) => step switch
    {
        StepNames.Intake => ["IntakeAccepted", "IntakeAccepted", "IntakeAccepted", "SupplementRequested", "IntakeRefused"],
        StepNames.Supplement => ["SupplementSubmitted", "SupplementSubmitted", "IntakeAccepted", "DeathRegistered"],
        StepNames.Registration => ["DeathRegistered", "DeathRegistered", "DeathRegistered", "SupplementRequested", "DeathRefused"],
        StepNames.ResidenceDeletion => ["ResidenceDeleted", "ResidenceDeleted", "ResidenceDeletionRefused"],
        StepNames.HealthCardLock => ["HealthCardLocked"],
        StepNames.FuneralAllowance => ["FuneralDecided"],
        StepNames.SurvivorBenefit => ["SurvivorSettled"],
        StepNames.ResidenceRestoration => ["ResidenceRestored"],
        StepNames.HealthCardUnlock => ["HealthCardUnlocked"],
        _ => ["AllowanceStopped"],
    };

    private static string PayerOf(int variant) => variant % 2 == 0 ? FuneralPayers.SocialInsurance : FuneralPayers.SocialProtection;

    private static HealthCardLocked Locked(int variant)
    {
        var locked = Example<HealthCardLocked>("socialinsurance/healthcardlocked", variant);
        return locked.DossierNumber is null ? locked : locked with { DossierNumber = Number };
    }

    private static FuneralAllowanceDecided Decided(int variant)
    {
        var granted = Example<FuneralAllowanceDecided>("allowances/funeralallowancedecided", 1) with { DossierNumber = Number, Payer = PayerOf(variant) };
        return (variant / 2 % 4) switch
        {
            0 or 1 => granted with { Decision = granted.Decision! with { Number = $"{variant / 8 % 2}/QĐ-{granted.Payer}" } },
            2 => granted with { Outcome = "refused", Decision = null, ReasonCode = "not-insured" },
            _ => granted with { Outcome = "refused", Decision = null, ReasonCode = "papers" },
        };
    }

    private static FuneralAllowancePaid Paid(int variant) => new()
    {
        DossierNumber = Number,
        Payer = PayerOf(variant),
        DecisionNumber = $"0/QĐ-{PayerOf(variant)}",
        Status = variant / 2 % 3 == 0 ? "failed" : "paid",
        Amount = 23_400_000,
    };

    private static AllowanceStopped Stopped(int variant)
    {
        var stopped = Example<AllowanceStopped>("allowances/allowancestopped", variant);
        return stopped with
        {
            DossierNumber = Number,
            Allowance = variant % 3 == 0 ? StepNames.SurvivorBenefit : StepNames.FuneralAllowance,
            Payer = variant % 3 == 1 ? FuneralPayers.SocialProtection : FuneralPayers.SocialInsurance,
        };
    }

    // One in three is about another record.
    private DeathRevoked Revoked(int variant)
    {
        var revoked = Example<DeathRevoked>("civilstatus/deathrevoked", variant) with { DossierNumber = Number };
        return variant % 3 == 0 || Dossier.Registered is not { } registered ? revoked : revoked with
        {
            Registration = new RegistrationReference
            {
                Kind = "death",
                Commune = registered.Commune,
                Book = registered.Book,
                RegistrationNumber = registered.RegistrationNumber,
                RegisteredOn = registered.RegisteredOn,
            },
        };
    }

    private void ReplacePersonalId(int variant)
    {
        if (Dossier.PersonalId is { } old)
            Raise(_process.PersonalIdReplaced, Example<PersonalIdReplaced>("population/personalidreplaced") with { OldPersonalId = old, NewPersonalId = $"00104800061{variant % 10}" });
    }
}
