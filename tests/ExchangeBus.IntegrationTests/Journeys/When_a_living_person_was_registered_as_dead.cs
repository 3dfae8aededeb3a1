using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedDeath;
using static ExchangeBus.IntegrationTests.Procedures.LinkedDeathDesk;

namespace ExchangeBus.IntegrationTests.Journeys;

/// <summary>The test plays every agency, over HTTP and AMQP.</summary>
[TestFixture]
public sealed class When_a_living_person_was_registered_as_dead
{
    [Test]
    public async Task Should_give_back_residence_and_card_stop_the_payments_and_tell_whoever_heard_of_the_death()
    {
        await using var desk = await OpenAsync();
        var submission = await desk.BeginAsync(Submission(
            "540001", LinkedDeathProcedures.ResidenceDeletion, LinkedDeathProcedures.FuneralAllowance, LinkedDeathProcedures.SurvivorBenefit));
        var dossier = submission.DossierNumber;
        await desk.DeleteResidenceAsync(dossier);
        await desk.LockAsync(dossier);
        await desk.GrantFuneralAsync(dossier, FromInsurance);
        await desk.PayFuneralAsync(dossier, FromInsurance, "paid");
        await desk.HistoryEndsAsync(dossier, "funeralallowancepaid > Linking");

        // The survivor benefit is still being decided when the commune finds out that the person lives, and writes without the number of the dossier.
        await desk.RevokeAsync(submission, r => r with { DossierNumber = null });
        await desk.CommandAsync(Residence, EventTypes.RestorePermanentResidence, dossier);
        await desk.CommandAsync(Insurance, EventTypes.UnlockHealthCard, dossier);
        await desk.CommandAsync(Insurance, EventTypes.StopAllowance, dossier);
        var revoking = await desk.ToldAsync(dossier, "Revoking");
        Assert.Multiple(() =>
        {
            Assert.That(revoking.Holders, Is.EqualTo(new[] { "G01", "G24" }));
            Assert.That(revoking.DueAt, Is.Not.Null);
            Assert.That(revoking.Branches["residenceRestoration"], Is.EqualTo("waiting"));
            Assert.That(revoking.Branches["survivorBenefit"], Is.EqualTo("dropped"));
        });
        Assert.That(await desk.CountCommandsAsync(Insurance, EventTypes.StopAllowance, dossier), Is.EqualTo(2), "the benefit that may be granted any moment is stopped too");

        await desk.RestoreResidenceAsync(dossier);
        await desk.UnlockAsync(dossier);
        await desk.StopAsync(dossier, LinkedDeathProcedures.FuneralAllowance, FromInsurance);
        await desk.StopAsync(dossier, LinkedDeathProcedures.SurvivorBenefit, FromInsurance);

        Assert.That((await desk.ToldAsync(dossier, "Revoked")).Holders, Is.Empty);
        await desk.ReceivedAsync("sub.G18.deaths", e => e.Type == EventTypes.DeathRegistered && e.Subject == dossier, "the subscriber heard of the death");
        await desk.ReceivedAsync("sub.G18.deaths", e => e.Type == EventTypes.DeathRevoked && e.Subject == dossier, "and that there was none");
        await desk.MattersAreAsync(dossier);
    }
}
