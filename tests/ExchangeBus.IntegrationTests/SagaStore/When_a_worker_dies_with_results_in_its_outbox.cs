using ExchangeBus.IntegrationTests.SagaStore.Outages;
using ExchangeBus.IntegrationTests.SagaStore.Worker;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_a_worker_dies_with_results_in_its_outbox
{
    private const int Messages = 4000;

    [Test]
    public async Task Should_have_them_delivered_by_another_process()
    {
        await using var site = await CounterSite.CreateAsync(Servers.Current);
        CountingWork work;
        await using (var dying = await WorkerProcess.StartAsync(site.SettingsFor("dying")))
        {
            work = await CountingWork.SendAsync(site, Messages, sagas: 200);
            await work.BegunAsync(atLeast: 300);
            // Under load there are nearly always results that are committed and not yet delivered; in the moments when there are none, not a row is inherited.
            await Eventually.GetAsync(async () =>
            {
                await dying.KillAsync();
                var left = await site.Database.CountOutboxAsync();
                if (left == 0)
                    await dying.StartAgainAsync();
                return left;
            }, left => left > 0, "results left in the outbox");
        }

        await using var heir = await WorkerProcess.StartAsync(site.SettingsFor("heir"));

        await work.AssertCountedOnceAsync();
    }
}
