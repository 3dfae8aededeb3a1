using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedDeath;
using static ExchangeBus.IntegrationTests.Procedures.LinkedDeathDesk;

namespace ExchangeBus.IntegrationTests.Procedures;

/// <summary>From social insurance or from social protection, never from both.</summary>
[TestFixture]
public sealed class When_a_funeral_allowance_is_claimed
{
    private LinkedDeathDesk _desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _desk = await OpenAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _desk.DisposeAsync();

    [TestCase("not-entitled", "510001")]
    [TestCase("not-insured", "510002")]
    public async Task Should_ask_social_protection_when_the_deceased_was_none_of_the_insured(string reason, string number)
    {
        var dossier = await BeginAsync(number, FromInsurance);
        Assert.That(await _desk.CountCommandsAsync(Protection, EventTypes.DecideFuneralAllowance, dossier), Is.Zero, "nobody is asked while another one decides");
        await _desk.RefuseFuneralAsync(dossier, FromInsurance, reason);

        var command = EventData.Read<DecideFuneralAllowance>((await _desk.CommandAsync(Protection, EventTypes.DecideFuneralAllowance, dossier)).Data.Span);
        Assert.That(command.Payer, Is.EqualTo(FromProtection));
        await _desk.DossierAsync(dossier, d => d.GetProperty("holders").GetString() == "H26.16");
        await _desk.GrantFuneralAsync(dossier, FromProtection);

        await _desk.DossierInStateAsync(dossier, "Completed");
        Assert.That(await _desk.CountCommandsAsync(Insurance, EventTypes.DecideFuneralAllowance, dossier), Is.EqualTo(1));
        Assert.That(await _desk.CountCommandsAsync(Protection, EventTypes.DecideFuneralAllowance, dossier), Is.EqualTo(1));
        await _desk.MattersAreAsync(dossier);
    }

    [Test]
    public async Task Should_take_any_other_refusal_as_the_end()
    {
        var dossier = await BeginAsync("510003", FromInsurance);
        await _desk.RefuseFuneralAsync(dossier, FromInsurance, "paid-before");

        await _desk.DossierInStateAsync(dossier, "CompletedPartly");
        Assert.That(await _desk.CountCommandsAsync(Protection, EventTypes.DecideFuneralAllowance, dossier), Is.Zero);
    }

    [Test]
    public async Task Should_ask_social_protection_alone_when_the_citizen_claims_from_it()
    {
        var dossier = await BeginAsync("510004", FromProtection);
        await _desk.CommandAsync(Protection, EventTypes.DecideFuneralAllowance, dossier);
        await _desk.RefuseFuneralAsync(dossier, FromProtection, "not-entitled");

        await _desk.DossierInStateAsync(dossier, "CompletedPartly");
        Assert.That(await _desk.CountCommandsAsync(Insurance, EventTypes.DecideFuneralAllowance, dossier), Is.Zero);
    }

    [Test]
    public async Task Should_put_a_late_second_grant_before_an_officer_and_leave_the_dossier_as_it_is()
    {
        var dossier = await BeginAsync("510005", FromInsurance);
        await _desk.RefuseFuneralAsync(dossier, FromInsurance, "not-entitled");
        await _desk.CommandAsync(Protection, EventTypes.DecideFuneralAllowance, dossier);
        await _desk.GrantFuneralAsync(dossier, FromProtection, "1/QĐ-UBND");
        await _desk.DossierInStateAsync(dossier, "Completed");

        await _desk.GrantFuneralAsync(dossier, FromInsurance);
        await _desk.HistoryEndsAsync(dossier, "funeralallowancedecided > Completed contradicts");
        await _desk.MattersAreAsync(dossier, "contradiction", "funeralAllowance.grantedTwice");
        await _desk.GrantFuneralAsync(dossier, FromInsurance);
        await _desk.HistoryEndsAsync(dossier, "funeralallowancedecided > Completed repeated");
    }

    [Test]
    public async Task Should_see_two_grants_also_when_the_first_came_from_one_that_was_not_asked()
    {
        var dossier = await BeginAsync("510006", FromInsurance);
        await _desk.GrantFuneralAsync(dossier, FromProtection, "1/QĐ-UBND");
        await _desk.HistoryEndsAsync(dossier, "funeralallowancedecided > Linking contradicts");
        await _desk.GrantFuneralAsync(dossier, FromInsurance);

        await _desk.DossierInStateAsync(dossier, "Completed");
        await _desk.MattersAreAsync(dossier, "contradiction", "funeralAllowance.grantedTwice");
    }

    [Test]
    public async Task Should_ask_nobody_more_after_a_grant_from_one_that_was_not_asked()
    {
        var dossier = await BeginAsync("510007", FromInsurance);
        await _desk.GrantFuneralAsync(dossier, FromProtection, "1/QĐ-UBND");
        await _desk.RefuseFuneralAsync(dossier, FromInsurance, "not-entitled");

        await _desk.DossierInStateAsync(dossier, "Completed");
        Assert.That(await _desk.CountCommandsAsync(Protection, EventTypes.DecideFuneralAllowance, dossier), Is.Zero);
        await _desk.MattersAreAsync(dossier, "contradiction");
    }

    [Test]
    public async Task Should_put_a_payment_that_failed_before_an_officer_until_it_is_paid()
    {
        var dossier = await BeginAsync("510008", FromInsurance);
        await _desk.GrantFuneralAsync(dossier, FromInsurance);
        await _desk.PayFuneralAsync(dossier, FromInsurance, "failed");
        await _desk.MattersAreAsync(dossier, "funeralAllowance.paymentFailed");
        await _desk.PayFuneralAsync(dossier, FromInsurance, "paid");
        await _desk.MattersAreAsync(dossier);

        await _desk.PayFuneralAsync(dossier, FromProtection, "paid");
        await _desk.HistoryEndsAsync(dossier, "funeralallowancepaid > Completed contradicts");
    }

    // The card is locked already, so that the allowance decides how the dossier ends.
    private async Task<string> BeginAsync(string number, string payer)
    {
        var submission = Submission(number, LinkedDeathProcedures.FuneralAllowance);
        submission = await _desk.BeginAsync(submission with { FuneralAllowance = submission.FuneralAllowance! with { Payer = payer } });
        await _desk.LockAsync(submission.DossierNumber);
        await _desk.HistoryEndsAsync(submission.DossierNumber, "healthcardlocked > Linking");
        return submission.DossierNumber;
    }
}
