using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.LinkedBirth;
using MassTransit;

namespace ExchangeBus.Tests.Procedures.Walks;

/// <summary>Every event that a linked birth knows.</summary>
internal sealed class BirthWalk : DossierWalk<LinkedBirthState>
{
    private readonly LinkedBirthProcess _process;

    internal BirthWalk()
    {
        _process = new LinkedBirthProcess(new LinkedBirthSteps(Work, new UnknownDossiers(TimeProvider.System)));
        Use(_process);
        On("Submitted", variant => Submit(variant));
        On("ConsentAnswered", v => Raise(_process.ConsentAnswered, Example<HouseholdConsentAnswered>("residence/householdconsentanswered", v) with { DossierNumber = Number }));
        On("CitizenVerified", v => Raise(_process.CitizenVerified, Verified(v)));
        On("BirthRegistered", v => Raise(_process.BirthRegistered, Example<BirthRegistered>("civilstatus/birthregistered", v) with { DossierNumber = Number }));
        On("BirthRefused", _ => Raise(_process.BirthRefused, new BirthRegistrationRefused(Number, "noticeMissing", "Thiếu giấy chứng sinh")));
        On("ResidenceVerificationStarted", _ => Raise(_process.ResidenceVerificationStarted,
            Example<ResidenceVerificationStarted>("residence/residenceverificationstarted") with { DossierNumber = Number }));
        On("ResidenceRegistered", v => Raise(_process.ResidenceRegistered,
            Example<PermanentResidenceRegistered>("residence/permanentresidenceregistered") with { DossierNumber = Number, ResidenceNumber = $"CT-{v % 3}" }));
        On("ResidenceRefused", _ => Raise(_process.ResidenceRefused, new PermanentResidenceRefused(Number, "notOwner", "Chủ hộ không đồng ý")));
        On("HealthCardIssued", v => Raise(_process.HealthCardIssued,
            Example<ChildHealthCardIssued>("socialinsurance/childhealthcardissued") with { DossierNumber = Number, CardNumber = $"TE10100000000{v % 3}" }));
        On("HealthCardRefused", _ => Raise(_process.HealthCardRefused, new ChildHealthCardRefused(Number, "hasCard", "Đã có thẻ")));
        On("IdentityCardIssued", _ => Raise(_process.IdentityCardIssued, Example<ChildIdCardIssued>("identity/childidcardissued") with { DossierNumber = Number }));
        On("IdentityCardRefused", _ => Raise(_process.IdentityCardRefused, new ChildIdCardRefused(Number, "dataMismatch", "Sai dữ liệu")));
        On("PersonalIdAssigned", v => Raise(_process.PersonalIdAssigned,
            Example<PersonalIdAssigned>("population/personalidassigned") with { DossierNumber = Number, PersonalId = $"00122600421{v % 2}" }));
        On("PersonalIdReplaced", v => ReplacePersonalId(v));
        // Found by the record: of a birth that stands in no book they are not heard.
        On("Corrected", v => RaiseOfRecord(_process.Corrected, Example<CivilStatusCorrected>("civilstatus/civilstatuscorrected", v)));
        On("RegistrationAnnulled", v => RaiseOfRecord(_process.RegistrationAnnulled, Example<RegistrationAnnulled>("civilstatus/registrationannulled", v)));
    }

    protected override LawOfDossiers NewLaw() => new();

    // Every third child is to live with somebody who is none of its parents, and has to consent.
    protected override void Submit(int example)
    {
        var submitted = Example<LinkedBirthSubmitted>("portal/linkedbirthsubmitted", example) with { DossierNumber = Number };
        Raise(_process.Submitted, example % 3 > 0 ? submitted : submitted with
        {
            Procedures = [LinkedProcedures.PermanentResidence, LinkedProcedures.HealthCard],
            HouseholdHead = submitted.HouseholdHead with { PersonalId = "001060000999" },
        });
    }

    protected override IReadOnlyList<string> AnswersOf(string step) => step switch
    {
        StepNames.Intake => ["IntakeAccepted", "IntakeAccepted", "IntakeAccepted", "SupplementRequested", "IntakeRefused"],
        StepNames.Supplement => ["SupplementSubmitted", "SupplementSubmitted", "IntakeAccepted", "BirthRegistered"],
        StepNames.HouseholdConsent => ["ConsentAnswered"],
        StepNames.Verification => ["CitizenVerified", "CitizenVerified", "CitizenVerified", "DeskReask"],
        StepNames.Registration => ["BirthRegistered", "BirthRegistered", "BirthRegistered", "SupplementRequested", "BirthRefused"],
        StepNames.PermanentResidence => ["ResidenceRegistered", "ResidenceVerificationStarted", "ResidenceRefused"],
        StepNames.HealthCard => ["HealthCardIssued", "HealthCardRefused"],
        _ => ["IdentityCardIssued", "PersonalIdAssigned", "IdentityCardRefused"],
    };

    private CitizenVerified Verified(int variant)
    {
        var roles = Dossier.Verified.Where(v => v.Value is null).Select(v => v.Key).Append("mother").ToArray();
        var role = roles[variant % roles.Length];
        return new CitizenVerified
        {
            DossierNumber = Number,
            RequestId = $"{role}-{Dossier.Steps.GetValueOrDefault(StepNames.Verification)?.Asked ?? 1}",
            Role = role,
            Result = variant % 6 == 5 ? "mismatch" : "match",
            VerifiedAt = Now,
        };
    }

    private void RaiseOfRecord<T>(Event<T> what, T message)
        where T : class
    {
        if (Dossier.RegistrationKey is not null)
            Raise(what, message);
    }

    // Found by the number that it replaces: of a child that has none it is not heard.
    private void ReplacePersonalId(int variant)
    {
        if (Dossier.PersonalId is { } old)
            Raise(_process.PersonalIdReplaced, Example<PersonalIdReplaced>("population/personalidreplaced") with { OldPersonalId = old, NewPersonalId = $"00122600431{variant % 10}" });
    }
}
