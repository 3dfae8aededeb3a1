using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;
using static ExchangeBus.IntegrationTests.Procedures.LinkedDeathDesk;

namespace ExchangeBus.IntegrationTests.Procedures;

[TestFixture]
public sealed class When_a_linked_death_runs
{
    private LinkedDeathDesk _desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _desk = await OpenAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_lock_the_health_card_though_nobody_has_chosen_it()
    {
        var submission = Submission("500001");
        await _desk.SubmitAsync(submission);
        var register = await _desk.CommandAsync(CivilStatus, EventTypes.RegisterDeath, submission.DossierNumber);
        Assert.That(register[ExtensionAttributes.Purpose], Is.EqualTo("2.002913"));
        await _desk.RegisterAsync(submission);

        var command = EventData.Read<LockHealthCard>((await _desk.CommandAsync(Insurance, EventTypes.LockHealthCard, submission.DossierNumber)).Data.Span);
        Assert.That(command.DeathRegistration, Is.EqualTo(RecordOf(submission)));
        var linking = await _desk.DossierInStateAsync(submission.DossierNumber, "Linking");
        Assert.That(linking.GetProperty("holders").GetString(), Is.EqualTo("G24"));
        await _desk.LockAsync(submission.DossierNumber);

        var ended = await _desk.DossierInStateAsync(submission.DossierNumber, "Completed");
        Assert.That(ended.GetProperty("residence").GetString(), Is.EqualTo("Skipped"));
        Assert.That(ended.GetProperty("procedure").GetString(), Is.EqualTo("linkeddeath"));
    }

    [Test]
    public async Task Should_run_all_four_side_by_side_and_complete_when_all_have_answered()
    {
        var submission = await _desk.BeginAsync(All("500002"));
        var dossier = submission.DossierNumber;
        await _desk.CommandAsync(Residence, EventTypes.DeletePermanentResidence, dossier);
        await _desk.CommandAsync(Insurance, EventTypes.LockHealthCard, dossier);
        var funeral = EventData.Read<DecideFuneralAllowance>((await _desk.CommandAsync(Insurance, EventTypes.DecideFuneralAllowance, dossier)).Data.Span);
        var survivors = EventData.Read<SettleSurvivorBenefit>((await _desk.CommandAsync(Insurance, EventTypes.SettleSurvivorBenefit, dossier)).Data.Span);
        Assert.That(funeral, Has.Property(nameof(funeral.Payer)).EqualTo(FromInsurance).And.Property(nameof(funeral.Recipient)).EqualTo(submission.FuneralAllowance!.Recipient));
        Assert.That(survivors.Survivors, Is.EqualTo(submission.Survivors));

        await _desk.SettleSurvivorsAsync(dossier);
        await _desk.GrantFuneralAsync(dossier, FromInsurance);
        await _desk.LockAsync(dossier);
        var last = await _desk.DossierAsync(dossier, d => d.GetProperty("holders").GetString() == "G01");
        Assert.That(last.GetProperty("state").GetString(), Is.EqualTo("Linking"));
        await _desk.DeleteResidenceAsync(dossier);

        await _desk.DossierInStateAsync(dossier, "Completed");
        Assert.That(await _desk.CountCommandsAsync(Protection, EventTypes.DecideFuneralAllowance, dossier), Is.Zero, "one death is paid once");
    }

    [Test]
    public async Task Should_let_a_refused_branch_end_alone()
    {
        var submission = await _desk.BeginAsync(Submission("500003", LinkedDeathProcedures.ResidenceDeletion));
        await _desk.RefuseDeletionAsync(submission.DossierNumber);
        await _desk.LockAsync(submission.DossierNumber, card: null);

        var ended = await _desk.DossierInStateAsync(submission.DossierNumber, "CompletedPartly");
        Assert.That(ended.GetProperty("residence").GetString(), Is.EqualTo("Refused"));
        Assert.That(ended.GetProperty("registration").GetString(), Is.EqualTo("Done"));
    }

    [Test]
    public async Task Should_end_at_once_when_the_registration_is_refused_and_lock_nothing()
    {
        var submission = Submission("500004", LinkedDeathProcedures.ResidenceDeletion);
        await _desk.SubmitAsync(submission);
        await _desk.CommandAsync(CivilStatus, EventTypes.RegisterDeath, submission.DossierNumber);
        await _desk.PublishAsync(CivilStatus, EventTypes.DeathRegistrationRefused, submission.DossierNumber,
            new DeathRegistrationRefused(submission.DossierNumber, "notice-missing", "Chưa có giấy báo tử."));

        var refused = await _desk.DossierInStateAsync(submission.DossierNumber, "Refused");
        Assert.That(refused.GetProperty("healthCard").GetString(), Is.EqualTo("Dropped"));
        Assert.That(await _desk.CountCommandsAsync(Insurance, EventTypes.LockHealthCard, submission.DossierNumber), Is.Zero);
    }

    [Test]
    public async Task Should_take_a_lock_on_a_hospitals_word_as_the_lock_of_this_person()
    {
        var submission = await _desk.BeginAsync(Submission("500005"));
        await _desk.PublishAsync(Insurance, EventTypes.HealthCardLocked, submission.DossierNumber, new HealthCardLocked
        {
            CardNumber = "HT2010123456789",
            PersonalId = submission.Deceased.PersonalId!,
            LockedOn = new DateOnly(2026, 11, 24),
            Reason = "death",
            Basis = "deathNotice",
        }, subject: "lock-500005");

        await _desk.DossierInStateAsync(submission.DossierNumber, "Completed");
    }

    [Test]
    public async Task Should_find_a_registration_by_its_record_and_note_a_second_one_as_a_contradiction()
    {
        var submission = await _desk.BeginAsync(Submission("500006"));
        var dossier = submission.DossierNumber;
        var registered = new DeathRegistered
        {
            RegistrationNumber = RecordOf(submission).RegistrationNumber,
            Book = "01/2026",
            Commune = submission.Commune,
            RegisteredOn = new DateOnly(2026, 11, 24),
            Deceased = submission.Deceased,
            Death = submission.Death,
        };
        await _desk.PublishAsync(CivilStatus, EventTypes.DeathRegistered, dossier, registered, subject: "record-500006");
        await _desk.HistoryEndsAsync(dossier, "deathregistered > Linking repeated");
        await _desk.PublishAsync(CivilStatus, EventTypes.DeathRegistered, dossier, registered with { DossierNumber = dossier, RegistrationNumber = "999999" });

        await _desk.HistoryEndsAsync(dossier, "deathregistered > Linking contradicts");
        await _desk.MattersAreAsync(dossier, "contradiction");
    }

    [Test]
    public async Task Should_refuse_what_nobody_claims_instead_of_waiting_for_it()
    {
        var submission = await _desk.BeginAsync(All("500007") with { FuneralAllowance = null, Survivors = null });
        var dossier = submission.DossierNumber;
        await _desk.LockAsync(dossier);
        await _desk.DeleteResidenceAsync(dossier);

        await _desk.DossierInStateAsync(dossier, "CompletedPartly");
        Assert.That(await _desk.CountCommandsAsync(Insurance, EventTypes.DecideFuneralAllowance, dossier), Is.Zero);
        Assert.That(await _desk.CountCommandsAsync(Insurance, EventTypes.SettleSurvivorBenefit, dossier), Is.Zero);
    }

    [Test]
    public async Task Should_take_no_desk_event_of_a_death_for_an_unknown_birth()
    {
        var submission = await _desk.BeginAsync(Submission("500008"));
        await _desk.PublishAsync(Portal, EventTypes.DossierWithdrawn, submission.DossierNumber,
            new Contracts.Desk.DossierWithdrawn { DossierNumber = submission.DossierNumber, WithdrawnAt = TimeProvider.System.GetUtcNow() });
        await _desk.HistoryEndsAsync(submission.DossierNumber, "dossierwithdrawn > Linking contradicts");
        // The linked birth reads it too; what comes after it in its queue shows that it has.
        await _desk.PublishAsync(Portal, EventTypes.DossierWithdrawn, "G22.99.08-261123-599999",
            new Contracts.Desk.DossierWithdrawn { DossierNumber = "G22.99.08-261123-599999", WithdrawnAt = TimeProvider.System.GetUtcNow() });
        await Eventually.GetAsync(() => _desk.CountAsync("select count(*) from dossier_unknown where dossier_number = 'G22.99.08-261123-599999'", null), n => n == 1, "noted once");

        Assert.That(await _desk.CountAsync("select count(*) from dossier_unknown where dossier_number = @DossierNumber", new { submission.DossierNumber }), Is.Zero);
    }

    [Test]
    public async Task Should_run_beside_a_birth_that_a_portal_gave_the_same_number()
    {
        var submission = Submission("500009");
        await _desk.PublishAsync(Portal, EventTypes.LinkedBirthSubmitted, submission.DossierNumber,
            EventData.Read<Contracts.LinkedBirth.LinkedBirthSubmitted>(Samples.LinkedBirthData) with { DossierNumber = submission.DossierNumber });
        await _desk.DossierInStateAsync(submission.DossierNumber, "Registering");
        await _desk.BeginAsync(submission);

        Assert.That(await _desk.CountAsync("select count(distinct procedure) from dossier_history where dossier_number = @DossierNumber", new { submission.DossierNumber }), Is.EqualTo(2));
    }

    [Test]
    public async Task Should_give_up_a_dossier_that_no_table_takes_and_let_those_behind_it_go_on()
    {
        var refused = Submission("500010");
        await _desk.ExecuteAsync("alter table dossier_history add constraint refused check (dossier_number <> 'G22.99.08-261123-500010')");
        await _desk.SubmitAsync(refused);

        await Eventually.GetAsync(
            () => _desk.CountAsync("select count(*) from dead_letter where subscription = 'exchangebus.linkeddeath' and reason = 'PostgresException'", null), n => n == 1, "a dead letter");
        await _desk.BeginAsync(Submission("500011"));
    }

    private static LinkedDeathSubmitted All(string number) =>
        Submission(number, LinkedDeathProcedures.ResidenceDeletion, LinkedDeathProcedures.FuneralAllowance, LinkedDeathProcedures.SurvivorBenefit);
}
