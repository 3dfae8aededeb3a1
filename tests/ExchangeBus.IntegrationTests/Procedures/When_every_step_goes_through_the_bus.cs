using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Procedures;

[TestFixture]
public sealed class When_every_step_goes_through_the_bus
{
    private LinkedBirthDesk _desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _desk = await LinkedBirthDesk.OpenAsync(LinkedBirthDesk.NothingOutside);

    [OneTimeTearDown]
    public async Task StopAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_go_from_the_desk_over_consent_and_verification_to_the_card_that_waits_for_the_id()
    {
        // The grandfather is head of the household, so he is asked.
        var submission = Submission("300001", LinkedProcedures.PermanentResidence) with { IdentityCard = true };
        submission = submission with { HouseholdHead = submission.HouseholdHead with { PersonalId = "001055000099" } };
        var dossier = submission.DossierNumber;
        await _desk.SubmitAsync(submission);

        var intake = EventData.Read<RequestIntake>((await _desk.CommandAsync(LinkedBirthDesk.OneStop, EventTypes.RequestIntake, dossier)).Data.Span);
        Assert.That(intake.ProcedureCode, Is.EqualTo("3.000722"));
        await AcceptIntakeAsync(dossier);
        await _desk.CommandAsync(LinkedBirthDesk.Residence, EventTypes.RequestHouseholdConsent, dossier);
        await _desk.PublishAsync(LinkedBirthDesk.Residence, EventTypes.HouseholdConsentAnswered, dossier,
            new HouseholdConsentAnswered { DossierNumber = dossier, Answer = "granted", Method = "vneid", AnsweredAt = TimeProvider.System.GetUtcNow() });
        await VerifyAsync(submission, "match");
        await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, dossier);
        await _desk.RegisterAsync(submission);
        await _desk.CommandAsync(LinkedBirthDesk.Residence, EventTypes.RegisterPermanentResidence, dossier);
        await _desk.RegisterResidenceAsync(dossier);
        await _desk.DossierAsync(dossier, d => d.GetProperty("holders").GetString() == "G01.C06");

        // Days later the id comes; it names the record only.
        await _desk.PublishAsync(LinkedBirthDesk.Population, EventTypes.PersonalIdAssigned, $"24-01/2026-{submission.Commune}", new PersonalIdAssigned
        {
            BirthRegistration = new RegistrationReference { Kind = "birth", RegistrationNumber = "24", Book = "01/2026", Commune = submission.Commune, RegisteredOn = new DateOnly(2026, 11, 23) },
            PersonalId = "001326000042",
            Name = submission.Child.Name,
            Gender = submission.Child.Gender,
            BirthDate = submission.Child.BirthDate,
            AssignedOn = new DateOnly(2026, 11, 26),
        });
        var card = EventData.Read<IssueChildIdCard>((await _desk.CommandAsync(LinkedBirthDesk.Population, EventTypes.IssueChildIdCard, dossier)).Data.Span);
        Assert.That(card.PersonalId, Is.EqualTo("001326000042"));
        await _desk.PublishAsync(LinkedBirthDesk.Population, EventTypes.ChildIdCardIssued, dossier, new ChildIdCardIssued
        {
            DossierNumber = dossier,
            PersonalId = "001326000042",
            IssuedOn = new DateOnly(2026, 11, 27),
            ValidUntil = new DateOnly(2040, 11, 14),
        });

        await _desk.DossierInStateAsync(dossier, "Completed");
        Assert.That(await _desk.HistoryAsync(dossier), Is.EqualTo(new[]
        {
            "linkedbirthsubmitted > AtDesk", "intakeaccepted > WaitingForConsent", "householdconsentanswered > Verifying", "citizenverified > Verifying",
            "citizenverified > Registering", "birthregistered > Linking", "permanentresidenceregistered > Linking", "personalidassigned > Linking",
            "childidcardissued > Completed",
        }));
    }

    [Test]
    public async Task Should_let_the_clock_stand_while_the_citizen_supplies_something_and_then_ask_the_same_agency_again()
    {
        var submission = Submission("300002");
        var dossier = submission.DossierNumber;
        await _desk.SubmitAsync(submission);
        await _desk.CommandAsync(LinkedBirthDesk.OneStop, EventTypes.RequestIntake, dossier);
        await RequestSupplementAsync(LinkedBirthDesk.OneStop, dossier);
        await _desk.DossierAsync(dossier, d => d.GetProperty("state").GetString() == "WaitingForSupplement" && d.GetProperty("holders").GetString() == "citizen");

        await _desk.PublishAsync(Samples.Portal, EventTypes.SupplementSubmitted, dossier, new SupplementSubmitted { DossierNumber = dossier, SubmittedAt = TimeProvider.System.GetUtcNow(), Note = "đã nộp" });
        await _desk.DossierInStateAsync(dossier, "AtDesk");
        await AcceptIntakeAsync(dossier);
        await VerifyAsync(submission, "match");
        await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, dossier);
        await RequestSupplementAsync(LinkedBirthDesk.CivilStatus, dossier);
        await _desk.DossierInStateAsync(dossier, "WaitingForSupplement");
        await _desk.PublishAsync(Samples.Portal, EventTypes.DossierWithdrawn, dossier, new DossierWithdrawn { DossierNumber = dossier, WithdrawnAt = TimeProvider.System.GetUtcNow() });

        var ended = await _desk.DossierInStateAsync(dossier, "Withdrawn");
        Assert.That(ended.GetProperty("holders").GetString(), Is.Empty);
    }

    [Test]
    public async Task Should_stop_before_an_officer_when_somebody_does_not_match()
    {
        var submission = Submission("300003");
        await _desk.SubmitAsync(submission);
        await _desk.CommandAsync(LinkedBirthDesk.OneStop, EventTypes.RequestIntake, submission.DossierNumber);
        await AcceptIntakeAsync(submission.DossierNumber);
        await VerifyAsync(submission, "mismatch");

        await _desk.DossierAsync(submission.DossierNumber, d => d.GetProperty("state").GetString() == "Verifying" && d.GetProperty("holders").GetString() == "G01.C06");
        await Eventually.GetAsync(() => _desk.CountAsync(
            """select count(*) from procedures.linked_birth where dossier_number = @Number and data -> 'matters' @> '[{"code":"verification.mismatch"}]'""", new { Number = submission.DossierNumber }),
            n => n == 1, "a matter for an officer");
    }

    [Test]
    public async Task Should_take_no_answer_that_contradicts_what_is_known_and_put_it_before_an_officer()
    {
        var submission = Submission("300004");
        var dossier = submission.DossierNumber;
        await _desk.SubmitAsync(submission);
        await _desk.CommandAsync(LinkedBirthDesk.OneStop, EventTypes.RequestIntake, dossier);
        await AcceptIntakeAsync(dossier);
        await VerifyAsync(submission, "match");
        await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, dossier);
        await _desk.RegisterAsync(submission);
        await _desk.DossierInStateAsync(dossier, "Completed");

        await _desk.RegisterAsync(submission);
        await _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.BirthRegistrationRefused, dossier, new BirthRegistrationRefused(dossier, "notice-missing", "Chưa có giấy chứng sinh."));
        await Eventually.GetAsync(() => _desk.HistoryAsync(dossier), h => h.Count == 7, "two more events in the history");

        Assert.That((await _desk.HistoryAsync(dossier)).TakeLast(2), Is.EqualTo(new[] { "birthregistered > Completed repeated", "birthregistrationrefused > Completed contradicts" }));
    }

    [Test]
    public async Task Should_take_the_decision_of_an_agency_that_got_the_supplement_at_its_counter()
    {
        var submission = Submission("300005");
        var dossier = submission.DossierNumber;
        await _desk.SubmitAsync(submission);
        await _desk.CommandAsync(LinkedBirthDesk.OneStop, EventTypes.RequestIntake, dossier);
        await RequestSupplementAsync(LinkedBirthDesk.OneStop, dossier);
        await AcceptIntakeAsync(dossier);
        await VerifyAsync(submission, "match");
        await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, dossier);
        await RequestSupplementAsync(LinkedBirthDesk.CivilStatus, dossier);
        await _desk.RegisterAsync(submission);

        await _desk.DossierInStateAsync(dossier, "Completed");
    }

    [Test]
    public async Task Should_not_wait_for_the_population_database_when_nobody_has_a_number_it_knows()
    {
        var submission = Submission("300006");
        var foreign = submission.Mother with { PersonalId = null, OldIdCard = null, IdentityDocument = new IdentityDocument { Kind = "passport", Number = "X0000001" } };
        await _desk.SubmitAsync(submission with { Mother = foreign, Father = null, Applicant = foreign });
        await _desk.CommandAsync(LinkedBirthDesk.OneStop, EventTypes.RequestIntake, submission.DossierNumber);
        await AcceptIntakeAsync(submission.DossierNumber);

        await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, submission.DossierNumber);
    }

    [Test]
    public async Task Should_keep_an_answer_for_a_dossier_that_nobody_has_handed_in()
    {
        await _desk.IssueCardAsync("G22.99.08-261123-399999");

        await Eventually.GetAsync(() => _desk.CountAsync("select count(*) from dossier_unknown where dossier_number = 'G22.99.08-261123-399999'", null), n => n == 1, "noted once");
    }

    private LinkedBirthSubmitted Submission(string number, params string[] procedures) => _desk.Submission($"G22.99.08-261123-{number}", procedures);

    private Task AcceptIntakeAsync(string dossier) => _desk.PublishAsync(LinkedBirthDesk.OneStop, EventTypes.IntakeAccepted, dossier,
        new IntakeAccepted { DossierNumber = dossier, ReceivedAt = TimeProvider.System.GetUtcNow(), ProvinceNumber = "H26.15-261123-000018" });

    private Task RequestSupplementAsync(TestAgency agency, string dossier) => _desk.PublishAsync(agency, EventTypes.SupplementRequested, dossier, new SupplementRequested
    {
        DossierNumber = dossier,
        RequestedBy = agency.Code,
        RequestedAt = TimeProvider.System.GetUtcNow(),
        Items = [new MissingItem { Code = "birth-notice", Text = "Thiếu giấy chứng sinh." }],
        DueAt = TimeProvider.System.GetUtcNow().AddDays(7),
    });

    // Whoever is asked about gets the answer; the last one decides.
    private async Task VerifyAsync(LinkedBirthSubmitted submission, string last)
    {
        await _desk.CommandAsync(LinkedBirthDesk.Population, EventTypes.VerifyCitizen, submission.DossierNumber);
        string[] roles = submission.Father?.Value is null ? ["mother"] : ["mother", "father"];
        foreach (var role in roles)
        {
            await _desk.PublishAsync(LinkedBirthDesk.Population, EventTypes.CitizenVerified, submission.DossierNumber, new CitizenVerified
            {
                DossierNumber = submission.DossierNumber,
                RequestId = $"{role}-1",
                Role = role,
                Result = role == roles[^1] ? last : "match",
                MismatchedFields = role == roles[^1] && last == "mismatch" ? ["name"] : null,
                VerifiedAt = TimeProvider.System.GetUtcNow(),
            });
        }
    }
}
