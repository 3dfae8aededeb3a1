using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_the_inbox_gets_old
{
    [Test]
    public async Task Should_remember_for_the_retention_and_then_drop_whole_days()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 23, 58, 0, TimeSpan.Zero));
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository();
            x.UsePostgreSqlOutboxOnEndpoints();
        }, x => x.InboxRetentionDays = 3, x => x.AddSingleton<TimeProvider>(time));
        var partitions = host.Get<InboxPartitions>();
        await partitions.MaintainAsync(default);
        Assert.That(await PartitionsAsync(host), Does.StartWith("inbox_20261123,inbox_20261124"));

        var (saga, first, second) = (NewId.NextGuid(), NewId.NextGuid(), NewId.NextGuid());
        await CountAsync(host, saga, first, 1);
        time.Advance(TimeSpan.FromMinutes(4));
        await CountAsync(host, saga, second, 2);
        await CountAsync(host, saga, first, 3);
        Assert.That(await host.ScalarAsync<int>("select version from {schema}.saga_counter"), Is.EqualTo(2), "a copy after midnight took effect");
        Assert.That(await host.ScalarAsync<long>("select count(*) from {schema}.inbox_20261124"), Is.EqualTo(1));

        time.Advance(TimeSpan.FromDays(3));
        await partitions.MaintainAsync(default);
        Assert.That(await PartitionsAsync(host), Does.StartWith("inbox_20261124").And.EndsWith("inbox_20261130"));
    }

    private static async Task CountAsync(StorageHost host, Guid saga, Guid messageId, int received)
    {
        await host.Bus.Publish(new CountOne { CounterId = saga }, x => x.MessageId = messageId);
        await host.ReceivedAsync(received);
    }

    private static Task<string?> PartitionsAsync(StorageHost host) => host.ScalarAsync<string>("""
        select string_agg(c.relname, ',' order by c.relname) from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = '{schema}.inbox'::regclass and c.relname <> 'inbox_default'
        """);
}
