using ExchangeBus.IntegrationTests.Journeys;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Kill;

[TestFixture]
public sealed class When_the_broker_is_killed
{
    private const int Dossiers = 100;

    [Test]
    public async Task Should_go_on_taking_events_and_complete_them_when_the_broker_is_back()
    {
        // Servers of its own: others must not lose theirs.
        await using var servers = await LocalServerSet.StartAsync(new LocalServersOptions { Progress = TestContext.Progress.WriteLine });
        Assume.That(servers.RabbitMq.IsPrivate, "a broker that is not ours is not killed");
        await using var bus = await RunningBus.StartAsync(servers, LinkedBirthAgencies.All, LinkedBirthAgencies.EveryStep);
        await using var agencies = await LinkedBirthAgencies.StartAsync(bus.Address, bus.AmqpUri);
        await agencies.SubmitAsync(Dossiers);
        await Eventually.GetAsync(agencies.FinishedAsync, n => n >= Dossiers / 2, "half of the dossiers ended", TimeSpan.FromSeconds(60));

        await servers.RabbitMq.KillAsync();
        await agencies.SubmitAsync(Dossiers);
        await Eventually.GetAsync(() => agencies.CountAsync("portal", "select count(*) from exchangebus.outbox"), n => n == 0, "the bus to take events without a broker");
        await servers.RabbitMq.StartAgainAsync();

        await Eventually.GetAsync(agencies.FinishedAsync, n => n == 2 * Dossiers, "all dossiers ended", TimeSpan.FromSeconds(120));
        await agencies.AssertNoStepTwiceAsync();
    }
}
