using ExchangeBus.MassTransit.PostgreSql;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_publishing_within_a_transaction_of_the_caller
{
    [Test]
    public async Task Should_deliver_after_the_commit_and_nothing_after_a_rollback()
    {
        await using var host = await StorageHost.StartAsync(_ => { });
        await host.ScalarAsync<int>("create table {schema}.note (number int primary key)");
        foreach (var number in new[] { 1, 2, 3 })
        {
            await using var connection = await host.DataSource.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var insert = connection.CreateCommand();
            insert.CommandText = "insert into {schema}.note values ($1)".Replace("{schema}", host.Schema, StringComparison.Ordinal);
            insert.Parameters.Add(new Npgsql.NpgsqlParameter<int> { TypedValue = number });
            await insert.ExecuteNonQueryAsync();
            await using var outbox = host.Get<BusOutbox>().Begin(transaction);
            await outbox.PublishEndpoint.Publish(new Counted { CounterId = Guid.Empty, Count = number });
            if (number == 2)
                await transaction.RollbackAsync();
            else
                await outbox.CommitAsync();
        }

        await host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
        await host.EventuallyAsync(() => host.Results.Count, 2, "results");
        Assert.That(host.Results.Select(x => x.Count), Is.EqualTo(new[] { 1, 3 }));
        Assert.That(await host.ScalarAsync<string>("select string_agg(number::text, ',') from {schema}.note"), Is.EqualTo("1,3"));
    }
}
