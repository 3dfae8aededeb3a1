using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Testing;
using static ExchangeBus.IntegrationTests.Procedures.LinkedDeathDesk;

namespace ExchangeBus.IntegrationTests.Procedures;

/// <summary>A living person was registered as dead.</summary>
[TestFixture]
public sealed class When_a_death_is_revoked
{
    private const string Funeral = LinkedDeathProcedures.FuneralAllowance;
    private const string Survivor = LinkedDeathProcedures.SurvivorBenefit;
    private LinkedDeathDesk _desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _desk = await OpenAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_undo_everything_that_a_completed_dossier_has_done()
    {
        var submission = await _desk.BeginAsync(All("520001"));
        var dossier = submission.DossierNumber;
        await _desk.DeleteResidenceAsync(dossier);
        await _desk.LockAsync(dossier);
        await _desk.GrantFuneralAsync(dossier, FromInsurance);
        await _desk.SettleSurvivorsAsync(dossier);
        await _desk.DossierInStateAsync(dossier, "Completed");

        await _desk.RevokeAsync(submission);
        var restore = EventData.Read<RestorePermanentResidence>((await _desk.CommandAsync(Residence, EventTypes.RestorePermanentResidence, dossier)).Data.Span);
        var unlock = EventData.Read<UnlockHealthCard>((await _desk.CommandAsync(Insurance, EventTypes.UnlockHealthCard, dossier)).Data.Span);
        var funeral = await StopCommandAsync(Insurance, dossier, Funeral);
        var survivor = await StopCommandAsync(Insurance, dossier, Survivor);
        Assert.Multiple(() =>
        {
            Assert.That(restore.ResidenceNumber?.Value, Is.EqualTo("R-7"));
            Assert.That(restore.PersonalId.Value, Is.EqualTo("001048520001"));
            Assert.That(unlock.CardNumber.Value, Is.EqualTo("HT2010123456789"));
            Assert.That(funeral.DecisionNumber, Is.EqualTo("15/QĐ-BHXH"));
            Assert.That(survivor.DecisionNumber, Is.EqualTo("16/QĐ-BHXH"));
            Assert.That(new[] { restore.Revocation.Number, unlock.Revocation.Number, funeral.Revocation.Number, survivor.Revocation.Number }, Is.All.EqualTo("17/QĐ-UBND"));
        });
        var revoking = await _desk.DossierInStateAsync(dossier, "Revoking");
        Assert.That(revoking.GetProperty("holders").GetString(), Is.EqualTo("G01,G24"));
        Assert.That(revoking.GetProperty("dueAt").GetString(), Is.Not.Null);

        await _desk.RestoreResidenceAsync(dossier);
        await _desk.UnlockAsync(dossier);
        await _desk.StopAsync(dossier, Survivor, FromInsurance);
        await _desk.DossierAsync(dossier, d => d.GetProperty("state").GetString() == "Revoking" && d.GetProperty("holders").GetString() == "G24");
        await _desk.StopAsync(dossier, Funeral, FromInsurance);
        await _desk.DossierInStateAsync(dossier, "Revoked");
        await _desk.MattersAreAsync(dossier);
    }

    [Test]
    public async Task Should_undo_only_what_was_done()
    {
        var submission = await _desk.BeginAsync(All("520002"));
        var dossier = submission.DossierNumber;
        await _desk.RefuseDeletionAsync(dossier);
        await _desk.LockAsync(dossier, card: null);
        await _desk.RefuseFuneralAsync(dossier, FromInsurance, "paid-before");
        await _desk.SettleSurvivorsAsync(dossier);
        await _desk.DossierInStateAsync(dossier, "CompletedPartly");

        await _desk.RevokeAsync(submission);
        await StopCommandAsync(Insurance, dossier, Survivor);
        await _desk.StopAsync(dossier, Survivor, FromInsurance);

        await _desk.DossierInStateAsync(dossier, "Revoked");
        Assert.That(await _desk.CountCommandsAsync(Residence, EventTypes.RestorePermanentResidence, dossier), Is.Zero);
        Assert.That(await _desk.CountCommandsAsync(Insurance, EventTypes.UnlockHealthCard, dossier), Is.Zero, "there was no card");
        Assert.That(await _desk.CountCommandsAsync(Insurance, EventTypes.StopAllowance, dossier), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_end_at_once_when_nothing_was_done()
    {
        var submission = await _desk.BeginAsync(Submission("520003"));
        await _desk.LockAsync(submission.DossierNumber, card: null);
        await _desk.DossierInStateAsync(submission.DossierNumber, "Completed");

        await _desk.RevokeAsync(submission);

        await _desk.DossierInStateAsync(submission.DossierNumber, "Revoked");
    }

    [Test]
    public async Task Should_tell_also_those_who_have_not_answered_yet_and_take_their_late_answers()
    {
        var submission = await _desk.BeginAsync(All("520004"));
        var dossier = submission.DossierNumber;
        await _desk.RevokeAsync(submission);
        await _desk.CommandAsync(Residence, EventTypes.RestorePermanentResidence, dossier);
        var unlock = EventData.Read<UnlockHealthCard>((await _desk.CommandAsync(Insurance, EventTypes.UnlockHealthCard, dossier)).Data.Span);
        Assert.That(unlock.CardNumber.State, Is.EqualTo(FieldState.Unknown));
        await StopCommandAsync(Insurance, dossier, Funeral);
        await StopCommandAsync(Insurance, dossier, Survivor);

        // Who refused has nothing to undo; who has done it says both.
        await _desk.RefuseDeletionAsync(dossier);
        await _desk.LockAsync(dossier, card: null);
        await _desk.RefuseFuneralAsync(dossier, FromInsurance, "not-entitled");
        await _desk.SettleSurvivorsAsync(dossier);
        await _desk.HistoryEndsAsync(dossier, "survivorbenefitsettled > Revoking");
        await _desk.StopAsync(dossier, Survivor, FromInsurance);

        await _desk.DossierInStateAsync(dossier, "Revoked");
        Assert.That(await _desk.CountCommandsAsync(Protection, EventTypes.DecideFuneralAllowance, dossier), Is.Zero, "a refusal of a funeral that is none passes to nobody");
        await _desk.MattersAreAsync(dossier);
    }

    [Test]
    public async Task Should_stop_both_payers_when_both_had_granted()
    {
        var submission = await _desk.BeginAsync(Submission("520005", Funeral));
        var dossier = submission.DossierNumber;
        await _desk.LockAsync(dossier, card: null);
        await _desk.GrantFuneralAsync(dossier, FromInsurance);
        await _desk.DossierInStateAsync(dossier, "Completed");
        await _desk.GrantFuneralAsync(dossier, FromProtection, "1/QĐ-UBND");
        await _desk.HistoryEndsAsync(dossier, "funeralallowancedecided > Completed contradicts");

        await _desk.RevokeAsync(submission);
        Assert.That((await StopCommandAsync(Insurance, dossier, Funeral)).DecisionNumber, Is.EqualTo("15/QĐ-BHXH"));
        Assert.That((await StopCommandAsync(Protection, dossier, Funeral)).DecisionNumber, Is.EqualTo("1/QĐ-UBND"));
        await _desk.StopAsync(dossier, Funeral, FromProtection);
        await _desk.DossierAsync(dossier, d => d.GetProperty("holders").GetString() == "G24");
        await _desk.StopAsync(dossier, Funeral, FromInsurance);
        await _desk.DossierInStateAsync(dossier, "Revoked");
    }

    [Test]
    public async Task Should_find_the_dossier_by_the_record_of_the_death()
    {
        var submission = await _desk.BeginAsync(Submission("520006"));
        await _desk.RevokeAsync(submission, r => r with { DossierNumber = null });

        await _desk.DossierInStateAsync(submission.DossierNumber, "Revoking");
    }

    [Test]
    public async Task Should_not_take_the_revocation_of_another_record()
    {
        var submission = await _desk.BeginAsync(Submission("520007"));
        await _desk.RevokeAsync(submission, r => r with { Registration = r.Registration with { RegistrationNumber = "1" } });

        await _desk.HistoryEndsAsync(submission.DossierNumber, "deathrevoked > Linking contradicts");
    }

    [Test]
    public async Task Should_not_revoke_a_death_that_was_never_registered()
    {
        var submission = Submission("520008");
        await _desk.SubmitAsync(submission);
        await _desk.CommandAsync(CivilStatus, EventTypes.RegisterDeath, submission.DossierNumber);
        await _desk.RevokeAsync(submission);
        await _desk.HistoryEndsAsync(submission.DossierNumber, "deathrevoked > Registering contradicts");
        await _desk.PublishAsync(CivilStatus, EventTypes.DeathRegistrationRefused, submission.DossierNumber,
            new DeathRegistrationRefused(submission.DossierNumber, "notice-missing", "Chưa có giấy báo tử."));
        await _desk.RevokeAsync(submission);

        await _desk.HistoryEndsAsync(submission.DossierNumber, "deathrevoked > Refused contradicts");
    }

    [Test]
    public async Task Should_put_before_an_officer_what_is_done_to_a_living_person_after_all()
    {
        var submission = await _desk.BeginAsync(Submission("520009", LinkedDeathProcedures.ResidenceDeletion, Funeral));
        var dossier = submission.DossierNumber;
        await _desk.LockAsync(dossier, card: null);
        await _desk.RefuseDeletionAsync(dossier);
        await _desk.GrantFuneralAsync(dossier, FromInsurance);
        await _desk.DossierInStateAsync(dossier, "CompletedPartly");
        await _desk.RevokeAsync(submission);
        await StopCommandAsync(Insurance, dossier, Funeral);
        await _desk.PayFuneralAsync(dossier, FromInsurance, "paid");
        await _desk.HistoryEndsAsync(dossier, "funeralallowancepaid > Revoking repeated");
        await _desk.StopAsync(dossier, Funeral, FromInsurance);
        await _desk.DossierInStateAsync(dossier, "Revoked");
        await _desk.MattersAreAsync(dossier);

        await _desk.RevokeAsync(submission);
        await _desk.HistoryEndsAsync(dossier, "deathrevoked > Revoked repeated");
        await _desk.StopAsync(dossier, Funeral, FromInsurance);
        await _desk.HistoryEndsAsync(dossier, "allowancestopped > Revoked repeated");
        await _desk.DeleteResidenceAsync(dossier);
        await _desk.HistoryEndsAsync(dossier, "permanentresidencedeleted > Revoked contradicts");
        await _desk.GrantFuneralAsync(dossier, FromProtection, "1/QĐ-UBND");
        await _desk.PayFuneralAsync(dossier, FromProtection, "paid");
        await _desk.MattersAreAsync(dossier, "contradiction", "funeralAllowance.grantedTwice", "funeralAllowance.paidAfterRevocation");
    }

    private async Task<StopAllowance> StopCommandAsync(TestAgency agency, string dossier, string allowance) => EventData.Read<StopAllowance>(
        (await _desk.CommandAsync(agency, EventTypes.StopAllowance, dossier, c => EventData.Read<StopAllowance>(c.Data.Span).Allowance == allowance)).Data.Span);

    private static LinkedDeathSubmitted All(string number) => Submission(number, LinkedDeathProcedures.ResidenceDeletion, Funeral, Survivor);
}
