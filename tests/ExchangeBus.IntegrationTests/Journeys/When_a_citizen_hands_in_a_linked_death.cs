using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.IntegrationTests.Procedures;
using ExchangeBus.Testing;
using static ExchangeBus.IntegrationTests.Procedures.LinkedDeathDesk;

namespace ExchangeBus.IntegrationTests.Journeys;

/// <summary>The test plays every agency, over HTTP and AMQP.</summary>
[TestFixture]
public sealed class When_a_citizen_hands_in_a_linked_death
{
    [Test]
    public async Task Should_go_over_the_desk_and_a_supplement_to_every_result_and_tell_the_portal_and_the_subscriber()
    {
        await using var desk = await OpenAsync(DossierDesk.NothingOutside);
        var submission = Submission("530001", LinkedDeathProcedures.ResidenceDeletion, LinkedDeathProcedures.FuneralAllowance, LinkedDeathProcedures.SurvivorBenefit);
        var dossier = submission.DossierNumber;

        await desk.SubmitAsync(submission);
        var intake = EventData.Read<RequestIntake>((await desk.CommandAsync(OneStop, EventTypes.RequestIntake, dossier)).Data.Span);
        Assert.That((intake.Kind, intake.ProcedureCode, intake.Contact?.Phone), Is.EqualTo(("death", "2.002913", submission.Contact!.Phone)));
        await desk.PublishAsync(OneStop, EventTypes.SupplementRequested, dossier, new SupplementRequested
        {
            DossierNumber = dossier,
            RequestedBy = OneStop.Code,
            RequestedAt = TimeProvider.System.GetUtcNow(),
            Items = [new MissingItem { Code = "death-notice", Text = "Thiếu giấy báo tử." }],
            DueAt = TimeProvider.System.GetUtcNow().AddDays(7),
        });
        var waiting = await desk.ToldAsync(dossier, "WaitingForSupplement");
        Assert.That((waiting.Branches["intake"], waiting.Holders.Count), Is.EqualTo(("supplement", 0)), "it is the citizen's turn");
        await desk.PublishAsync(Portal, EventTypes.SupplementSubmitted, dossier,
            new SupplementSubmitted { DossierNumber = dossier, SubmittedAt = TimeProvider.System.GetUtcNow(), Note = "Đã bổ sung." });
        await Eventually.GetAsync(() => desk.CountCommandsAsync(OneStop, EventTypes.RequestIntake, dossier), n => n == 2, "the desk is asked again");
        await desk.PublishAsync(OneStop, EventTypes.IntakeAccepted, dossier,
            new IntakeAccepted { DossierNumber = dossier, ReceivedAt = TimeProvider.System.GetUtcNow(), ProvinceNumber = "H26.15-261123-000031" });

        await desk.CommandAsync(CivilStatus, EventTypes.RegisterDeath, dossier);
        Assert.That((await desk.ToldAsync(dossier, "Registering")).Holders, Is.EqualTo(new[] { "G15" }));
        await desk.RegisterAsync(submission);
        await desk.CommandAsync(Residence, EventTypes.DeletePermanentResidence, dossier);
        await desk.CommandAsync(Insurance, EventTypes.LockHealthCard, dossier);
        await desk.CommandAsync(Insurance, EventTypes.SettleSurvivorBenefit, dossier);
        await desk.CommandAsync(Insurance, EventTypes.DecideFuneralAllowance, dossier);
        await desk.RefuseFuneralAsync(dossier, FromInsurance, "not-entitled");
        await desk.CommandAsync(Protection, EventTypes.DecideFuneralAllowance, dossier);
        await desk.GrantFuneralAsync(dossier, FromProtection, "1/QĐ-UBND");
        await desk.DeleteResidenceAsync(dossier);
        await desk.LockAsync(dossier);
        await desk.SettleSurvivorsAsync(dossier);

        var completed = await desk.ToldAsync(dossier, "Completed");
        Assert.That(completed.Branches.Keys, Is.EquivalentTo(new[] { "intake", "supplement", "registration", "residenceDeletion", "healthCardLock", "funeralAllowance", "survivorBenefit" }));
        Assert.That(completed.Branches.Values, Is.All.EqualTo("done"));
        await desk.ReceivedAsync("sub.G18.deaths", e => e.Type == EventTypes.DeathRegistered && e.Subject == dossier, "the subscriber holds the event");
        await desk.MattersAreAsync(dossier);
        Assert.That(await desk.CountAsync("select count(*) from dossier_number where dossier_number = @dossier", new { dossier }), Is.EqualTo(3), "found by the numbers of province, book and residence");
    }
}
