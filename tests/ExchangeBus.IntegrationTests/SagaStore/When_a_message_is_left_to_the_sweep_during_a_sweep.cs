using System.Collections.Concurrent;
using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_a_message_is_left_to_the_sweep_during_a_sweep
{
    [Test]
    public async Task Should_not_be_overtaken_by_a_later_one_of_its_saga()
    {
        var committed = new ConcurrentQueue<OutgoingMessage>();
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository();
            x.UsePostgreSqlOutboxOnEndpoints();
        }, x => x.OutboxSweepInterval = TimeSpan.FromHours(1), x => x.AddSingleton<IOutgoingMessageStore>(
            p => new KeepingStore(ActivatorUtilities.CreateInstance<OutboxTable>(p), committed)));
        var id = NewId.NextGuid();
        for (var count = 1; count <= 3; count++)
        {
            await host.Bus.Publish(new CountOne { CounterId = id });
            await host.ReceivedAsync(count);
        }
        var delivery = host.Get<OutboxDelivery>();
        var (first, second, third) = (committed.ElementAt(0), committed.ElementAt(1), committed.ElementAt(2));

        // The first cannot be delivered, for its lease is over; a sweep takes it.
        var lease = first.LeaseUntil;
        first.LeaseUntil = TimeProvider.System.GetUtcNow();
        await delivery.DeliverAsync([first], default);
        first.LeaseUntil = lease;
        // After the sweep has looked at the table, and before it has delivered, the second is left to the next sweep.
        await delivery.DeliverAsync([second], default);
        await delivery.DeliverLeftoversAsync([first], default);
        await delivery.DeliverAsync([third], default);
        await host.Get<OutboxSweep>().SweepAsync(default);
        await host.Get<OutboxSweep>().SweepAsync(default);

        await host.EventuallyAsync(() => host.Results.Distinct().Count(), 3, "results");
        Assert.That(host.Results.Distinct().Select(x => x.Count), Is.EqualTo(new[] { 1, 2, 3 }), "the results in the order of arrival");
    }

    /// <summary>Writes rows, and leaves delivery to the test.</summary>
    private sealed class KeepingStore(OutboxTable table, ConcurrentQueue<OutgoingMessage> committed) : IOutgoingMessageStore
    {
        public void AddCommands(NpgsqlBatch batch, IReadOnlyList<OutgoingMessage> messages) => table.AddCommands(batch, messages);

        public ValueTask CommittedAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
        {
            foreach (var message in messages)
                committed.Enqueue(message);
            return ValueTask.CompletedTask;
        }
    }
}
