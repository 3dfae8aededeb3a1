using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_a_process_dies_between_commit_and_delivery
{
    [Test]
    public async Task Should_be_taken_over_when_the_lease_has_run_out_and_not_before()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var dying = await StartAsync(null, x => x.AddSingleton<IOutgoingMessageStore>(
            p => new DyingStore(ActivatorUtilities.CreateInstance<OutboxTable>(p))), time);
        var id = NewId.NextGuid();
        for (var count = 1; count <= 5; count++)
        {
            await dying.Bus.Publish(new CountOne { CounterId = id });
            await dying.EventuallyAsync("select version from {schema}.saga_counter", count);
        }

        await using var heir = await StartAsync(dying.Schema, _ => { }, time);
        time.Advance(TimeSpan.FromSeconds(20));
        await heir.Get<OutboxSweep>().SweepAsync(default);
        Assert.That(await heir.ScalarAsync<long>("select count(*) from {schema}.outbox"), Is.EqualTo(5));

        time.Advance(TimeSpan.FromSeconds(11));
        await heir.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
        await heir.EventuallyAsync(() => dying.Results.Count + heir.Results.Count, 5, "results");
        Assert.That(heir.Results.Concat(dying.Results).Select(x => x.Count), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
    }

    private static Task<StorageHost> StartAsync(string? schema, Action<IServiceCollection> services, FakeTimeProvider time) =>
        StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository();
            x.UsePostgreSqlOutboxOnEndpoints();
        }, services: x =>
        {
            x.AddSingleton<TimeProvider>(time);
            services(x);
        }, schema: schema);

    private sealed class DyingStore(OutboxTable table) : IOutgoingMessageStore
    {
        public void AddCommands(NpgsqlBatch batch, IReadOnlyList<OutgoingMessage> messages) => table.AddCommands(batch, messages);

        public ValueTask CommittedAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
