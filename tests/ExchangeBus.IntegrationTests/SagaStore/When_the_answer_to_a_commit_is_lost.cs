using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_the_answer_to_a_commit_is_lost
{
    [Test]
    public async Task Should_bring_the_results_of_the_saga_in_the_order_of_its_steps()
    {
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository();
            x.UsePostgreSqlOutboxOnEndpoints();
        }, x => x.OutboxLease = TimeSpan.FromSeconds(2), x => x.AddSingleton<IOutgoingMessageStore>(
            p => new LosingFirstAnswer(ActivatorUtilities.CreateInstance<OutboxTable>(p))));
        var id = NewId.NextGuid();

        await host.Bus.Publish(new CountOne { CounterId = id });
        await host.ReceivedAsync(1);
        Assert.That(await host.ScalarAsync<int>("select version from {schema}.saga_counter"), Is.EqualTo(1), "the lost answer was that of a commit");
        await host.Bus.Publish(new CountOne { CounterId = id });
        await host.ReceivedAsync(2);

        await host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
        await host.EventuallyAsync(() => host.Results.Distinct().Count(), 2, "results");
        Assert.That(host.Results.Distinct().Select(x => x.Count), Is.EqualTo(new[] { 1, 2 }), "the results in the order of arrival");
    }

    /// <summary>Ends the session of the first commit when it is committed and before the client has heard of it.</summary>
    private sealed class LosingFirstAnswer(OutboxTable table) : IOutgoingMessageStore
    {
        private int _isLost;

        public void AddCommands(NpgsqlBatch batch, IReadOnlyList<OutgoingMessage> messages)
        {
            table.AddCommands(batch, messages);
            if (Interlocked.Exchange(ref _isLost, 1) != 0)
                return;
            batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_terminate_backend(pg_backend_pid())"));
        }

        public void CommitIsUncertain(IReadOnlyList<OutgoingMessage> messages) => table.CommitIsUncertain(messages);

        public ValueTask CommittedAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken) =>
            table.CommittedAsync(messages, cancellationToken);
    }
}
