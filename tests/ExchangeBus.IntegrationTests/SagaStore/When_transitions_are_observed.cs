using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_transitions_are_observed
{
    [Test]
    public async Task Should_be_written_with_the_state_and_not_without_it()
    {
        var schema = "s" + Guid.CreateVersion7().ToString("n")[^12..];
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository();
            x.UsePostgreSqlOutboxOnEndpoints();
        }, services: x => x.AddSingleton<ITransitionObserver>(new History(schema)), schema: schema);
        await host.ScalarAsync<int>("create table {schema}.history (at timestamptz, what text)");
        var id = NewId.NextGuid();
        await host.Bus.Publish(new StartCounting { CounterId = id });
        await host.ReceivedAsync(1);
        await host.Bus.Publish(new CountOne { CounterId = id });
        await host.ReceivedAsync(2);
        await host.Bus.Publish(new FailCounting { CounterId = id });
        await host.ReceivedAsync(3);
        await host.Bus.Publish(new StopCounting { CounterId = id });
        await host.EventuallyAsync("select count(*) from {schema}.saga_counter", 0L);

        Assert.That(await host.ScalarAsync<string>("select string_agg(what, '; ' order by at) from {schema}.history"), Is.EqualTo(
            "saga_counter  > Counting by StartCounting, counted 0; saga_counter Counting > Counting by CountOne, counted 1; saga_counter Counting > Final by StopCounting, counted 1, completed"));
    }

    private sealed class History(string schema) : ITransitionObserver
    {
        private readonly string _insert = "insert into {schema}.history select * from unnest($1::timestamptz[], $2::text[])".Replace("{schema}", schema, StringComparison.Ordinal);

        public void AddCommands(NpgsqlBatch batch, IReadOnlyList<SagaTransition> transitions)
        {
            var command = new NpgsqlBatchCommand(_insert);
            command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. transitions.Select(x => x.At.UtcDateTime)] });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. transitions.Select(NameOf)] });
            batch.BatchCommands.Add(command);
        }

        private static string NameOf(SagaTransition x) =>
            $"{x.Table} {x.From} > {x.To} by {x.MessageType.Split(':')[^1]}, counted {((Counter)x.Instance).Count}" + (x.IsCompleted ? ", completed" : "");
    }
}
