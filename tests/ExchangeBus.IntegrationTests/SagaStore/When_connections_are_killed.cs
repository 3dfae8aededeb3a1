using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

[TestFixture(true)]
[TestFixture(false)]
internal sealed class When_connections_are_killed(bool coalesce)
{
    private const int Messages = 2000;

    [Test]
    public async Task Should_lose_no_effect_and_double_none()
    {
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository().Endpoint(e => e.ConcurrentMessageLimit = 32);
            x.UsePostgreSqlOutboxOnEndpoints();
        }, x => (x.Coalesce, x.OutboxLease) = (coalesce, TimeSpan.FromSeconds(3)));
        var ids = Enumerable.Range(0, 100).Select(_ => NewId.NextGuid()).ToArray();

        using var killing = new CancellationTokenSource();
        var killer = KillAsync(host, killing.Token);
        foreach (var chunk in Enumerable.Range(0, Messages).Chunk(100))
        {
            await Task.WhenAll(chunk.SelectMany(x =>
            {
                var messageId = NewId.NextGuid();
                return Enumerable.Range(0, 2).Select(_ => host.Bus.Publish(new CountOne { CounterId = ids[x % ids.Length] }, p => p.MessageId = messageId));
            }));
        }
        await host.ReceivedAsync(2 * Messages);
        await killing.CancelAsync();
        Assert.That(await killer, Is.GreaterThan(5), "sessions killed");

        await host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
        Assert.That(await host.ScalarAsync<long>("select count(*) from {schema}.inbox"), Is.EqualTo(Messages));
        Assert.That(await host.ScalarAsync<long>("select sum((data ->> 'count')::int) from {schema}.saga_counter"), Is.EqualTo(Messages));
        // A message whose removal was interrupted is delivered again, so what counts is which results came.
        await host.EventuallyAsync(() => host.Results.Distinct().Count(), Messages, "distinct results");
    }

    private static async Task<int> KillAsync(StorageHost host, CancellationToken cancellationToken)
    {
        var killed = 0;
        while (killed < 20 && !cancellationToken.IsCancellationRequested)
        {
            // Those of this test only: the application name is the schema.
            var found = (int)await host.ScalarAsync<long>("""
                select count(pg_terminate_backend(pid)) from (
                    select pid from pg_stat_activity where state = 'active' and application_name = '{schema}' limit 1) as victim
                """);
            killed += found;
            // Often none is active at the moment of looking.
            await Task.Delay(TimeSpan.FromMilliseconds(found > 0 ? 100 : 5), TimeProvider.System, CancellationToken.None);
        }
        return killed;
    }
}
