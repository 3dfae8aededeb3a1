using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore;

public sealed record Note
{
    public required int Number { get; init; }
}

/// <summary>Writes a row of its own in the transaction of the message; every tenth number makes the database refuse.</summary>
public sealed class NoteConsumer(NoteTable table) : IConsumer<Note>
{
    public async Task Consume(ConsumeContext<Note> context)
    {
        var command = new NpgsqlBatchCommand(table.InsertSql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = context.Message.Number });
        context.AddCommand(command);
        await context.Publish(new Counted { CounterId = Guid.Empty, Count = context.Message.Number });
    }
}

public sealed record NoteTable(string InsertSql);

[TestFixture(true)]
[TestFixture(false)]
internal sealed class When_one_of_many_messages_is_poisoned(bool coalesce)
{
    [Test]
    public async Task Should_fail_alone_and_leave_its_neighbours_unharmed()
    {
        var schema = "s" + Guid.CreateVersion7().ToString("n")[^12..];
        var insert = "insert into {schema}.note (number, tenth) values ($1, 1 / ($1 % 10))".Replace("{schema}", schema, StringComparison.Ordinal);
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddConsumer<NoteConsumer>().Endpoint(e => e.ConcurrentMessageLimit = 64);
            x.UsePostgreSqlOutboxOnEndpoints();
        }, x => x.Coalesce = coalesce, x => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(x, new NoteTable(insert)), schema);
        await host.ScalarAsync<int>("create table {schema}.note (number int primary key, tenth int)");

        var copies = Enumerable.Range(1, 200).SelectMany(x => Enumerable.Repeat((Number: x, Id: NewId.NextGuid()), 2)).ToArray();
        await Task.WhenAll(copies.Select(x => host.Bus.Publish(new Note { Number = x.Number }, p => p.MessageId = x.Id)));

        await host.EventuallyAsync("select count(*) from {schema}.note", 180L);
        await host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
        // Both copies of a poisoned message fail.
        await host.EventuallyAsync(() => host.Harness.Published.Select<Fault<Note>>(new CancellationToken(canceled: true)).Count(), 40, "faults");
        Assert.That(await host.ScalarAsync<long>("select count(*) from {schema}.inbox"), Is.EqualTo(180));
        await host.EventuallyAsync(() => host.Results.Count, 180, "results");
        Assert.That(host.Results.Select(x => x.Count), Is.Unique.And.None.Matches<int>(x => x % 10 == 0));
    }
}
