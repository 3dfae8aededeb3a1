using System.Text;
using ExchangeBus.Contracts;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Subscriptions.Agreements;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_the_rules_have_changed_before_a_job
{
    private static readonly object Redrive = new { all = true, rate = 500, reason = "Lỗi của bộ chuyển đổi đã sửa", officer = "CB-17" };

    [Test]
    public async Task Should_not_hand_out_what_the_agreement_forbids_today()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(3);
        await desk.RejectAsync(3);
        await ChangeAsync(desk, terms => terms with { Procedures = ["9.999999"] });

        var forecast = await desk.StartAsync("redrives", new { all = true, dryRun = true }, expected: 200);
        var job = await desk.StartAsync("redrives", Redrive);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((forecast.Number("permitted"), forecast.Number("forbidden")), Is.EqualTo((0L, 3L)));
            Assert.That((await desk.CompletedAsync(job.Id())).Skipped("agreement.procedure"), Is.EqualTo(3));
            Assert.That(await desk.DeadSequencesAsync(), Has.Length.EqualTo(3));
        }
    }

    [Test]
    public async Task Should_cut_by_what_the_agreement_releases_today()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(1);
        await desk.RejectAsync(1);
        await ChangeAsync(desk, terms => terms with { Releases = [new ReleaseTerms([EventTypes.LinkedBirthSubmitted], ["/dossierNumber"])] });

        await desk.StartAsync("redrives", Redrive);

        var taken = (await desk.TakeAsync(1))[0];
        Assert.That(Encoding.UTF8.GetString(taken.Data.Span), Does.StartWith("{\"dossierNumber\":").And.Not.Contain("mother"));
        Assert.That(taken[ExtensionAttributes.WithheldFields], Is.Not.Empty);
    }

    [Test]
    public async Task Should_wait_while_an_agreement_is_suspended()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(2);
        await desk.RejectAsync(2);
        await ChangeAsync(desk, terms => terms, AgreementState.Suspended);

        var job = (await desk.StartAsync("redrives", Redrive)).Id();

        await Eventually.GetAsync(() => desk.JobAsync(job), j => j.TryGetProperty("waitsFor", out var waits) && waits.GetString() == "agreement.suspended", "it says what it waits for");
        await ChangeAsync(desk, terms => terms, AgreementState.Active);
        Assert.That((await desk.CompletedAsync(job)).Number("delivered"), Is.EqualTo(2));
    }

    [Test]
    public async Task Should_hand_out_nothing_that_the_configuration_no_longer_names()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(2);
        await desk.RejectAsync(2);
        await desk.RestartAsync(Samples.Health with { Subscriptions = [("births", ["vn.population.*"])] });

        var job = await desk.StartAsync("redrives", Redrive);

        Assert.That((await desk.CompletedAsync(job.Id())).Skipped("subscription.type"), Is.EqualTo(2));
    }

    private static async Task ChangeAsync(DeliveryDesk desk, Func<AgreementTerms, AgreementTerms> terms, AgreementState state = AgreementState.Active)
    {
        var store = desk.Bus.Provider.GetRequiredService<AgreementStore>();
        var agreement = (await store.FindAsync(DeliveryDesk.Subscription, CancellationToken.None))!;
        await store.ChangeAsync(agreement, state, terms(agreement.Current.Terms), "test", "Phụ lục mới", isSilent: false, CancellationToken.None);
    }
}
