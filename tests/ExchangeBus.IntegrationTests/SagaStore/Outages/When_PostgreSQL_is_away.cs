using ExchangeBus.IntegrationTests.SagaStore.Worker;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.SagaStore.Outages;

[NonParallelizable]
internal sealed class When_PostgreSQL_is_away
{
    private const int Messages = 2000;

    // A policy that counts its attempts during an outage gives up after some five seconds.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(9);

    private CounterSite _site = null!;

    [SetUp]
    public async Task SetUp() => _site = await CounterSite.CreateAsync(OwnServers.Current);

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [Test]
    public async Task Should_hold_messages_and_count_each_once_when_it_is_back()
    {
        await using var worker = await WorkerProcess.StartAsync(_site.SettingsFor("holding"));
        var work = await CountingWork.SendAsync(_site, Messages, sagas: 200);
        await work.BegunAsync(atLeast: 300);

        await OwnServers.Current.Postgres.KillAsync();
        await Task.Delay(Outage, TimeProvider.System);
        await OwnServers.Current.Postgres.StartAgainAsync();
        await work.BegunAsync(atLeast: 300);

        await work.AssertCountedOnceAsync();
    }

    [Test]
    public async Task Should_return_messages_to_the_queue_when_the_host_stops_meanwhile_and_count_each_once_after_a_restart()
    {
        await using var worker = await WorkerProcess.StartAsync(_site.SettingsFor("stopping"));
        var work = await CountingWork.SendAsync(_site, Messages, sagas: 200);
        await work.BegunAsync(atLeast: 300);

        await OwnServers.Current.Postgres.KillAsync();
        await Task.Delay(Outage, TimeProvider.System);
        var since = TimeProvider.System.GetTimestamp();
        await worker.StopAsync();
        TestContext.Out.WriteLine(FormattableString.Invariant($"stopped in {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s"));
        await OwnServers.Current.Postgres.StartAgainAsync();
        var counted = await work.BegunAsync(atLeast: 300);
        await Eventually.GetAsync(work.WaitingAsync, n => n >= Messages - counted, "messages back in the queue");
        await worker.StartAgainAsync();

        await work.AssertCountedOnceAsync();
    }
}
