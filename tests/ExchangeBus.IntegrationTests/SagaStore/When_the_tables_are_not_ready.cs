using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_the_tables_are_not_ready
{
    [Test]
    public async Task Should_refuse_to_start_and_name_what_is_missing()
    {
        await using var first = await StartAsync(null, _ => { });

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(first.Schema, r => r.SearchBy(x => x.Label), create: false));
        Assert.That(error!.Message, Does.Contain("table saga_counter lacks the column label"));

        await first.ScalarAsync<int>("delete from {schema}.migration where name like '0002%'");
        error = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(first.Schema, _ => { }, create: false));
        Assert.That(error!.Message, Does.Contain("lacks the change 0002_note_failed_deliveries.sql"));

        error = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(null, _ => { }, create: false));
        Assert.That(error!.Message, Does.Contain("has no tables of the storage"));
    }

    [Test]
    public async Task Should_bring_an_older_schema_up_to_date_and_keep_what_is_in_it()
    {
        await using (var first = await StartAsync(null, _ => { }))
        {
            await first.Bus.Publish(new CountOne { CounterId = NewId.NextGuid() });
            await first.EventuallyAsync("select count(*) from {schema}.saga_counter", 1L);
            await first.ScalarAsync<int>("""
                drop table {schema}.migration;
                alter table {schema}.outbox drop column attempts, drop column last_error, alter column message type jsonb using message::jsonb
                """);

            await using var second = await StartAsync(first.Schema, r => r.SearchBy(x => x.Label));
            await second.Bus.Publish(new CountOne { CounterId = NewId.NextGuid() });
            await second.EventuallyAsync("select count(*) from {schema}.saga_counter", 2L);
            Assert.That(await second.ScalarAsync<string>("select string_agg(left(name, 4), ',' order by name) from {schema}.migration"), Is.EqualTo("0001,0002,0003"));
        }
    }

    private static Task<StorageHost> StartAsync(string? schema, Action<PostgreSqlSagaOptions<Counter>> saga, bool create = true) =>
        StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository(saga);
            x.UsePostgreSqlOutboxOnEndpoints();
        }, schema: schema, createSchema: create);
}
