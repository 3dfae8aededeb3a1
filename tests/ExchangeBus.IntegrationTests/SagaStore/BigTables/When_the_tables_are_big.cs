using System.Diagnostics;
using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.Testing;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore.BigTables;

[NonParallelizable]
internal sealed class When_the_tables_are_big
{
    [Test]
    public async Task Should_find_every_row_by_an_index()
    {
        var maker = await StartAsync();
        await using (maker)
            await FilledTables.FillAsync(maker, inbox: 200_000, sagas: 200_000, outbox: 200_000, scheduled: 200_000);
        var before = await FilledTables.ReadScansAsync(maker);

        await using (var host = await StartAsync(maker.Schema))
        {
            await CountAsync(host, Enumerable.Range(1, 400).Select(Existing), copies: 2, from: 0);
            await CountAsync(host, Enumerable.Range(1, 400).Select(_ => NewId.NextGuid()), copies: 2, from: 400);
            await FindByLabelAsync(host, from: 800);
            await ScheduleAndCancelAsync(host);
        }

        Assert.That(await FilledTables.ReadScansAsync(maker), Is.EqualTo(before), "how often each table was scanned");
        Assert.That(await maker.ScalarAsync<long>("select count(*) from {schema}.outbox"), Is.EqualTo(200_000), "leased rows are left alone");
        Assert.That(await maker.ScalarAsync<long>("select count(*) from {schema}.scheduled_message"), Is.EqualTo(200_000), "nothing else was due or cancelled");
    }

    [Test, Explicit("Takes minutes: 10,000,000 inbox rows and 1,000,000 sagas.")]
    public async Task Should_take_about_as_long_per_message_as_on_empty_tables()
    {
        const int Messages = 10_000;
        await using var empty = await StartAsync();
        await using var big = await StartAsync();
        var filling = Stopwatch.StartNew();
        await FilledTables.FillAsync(big, inbox: 10_000_000, sagas: 1_000_000, outbox: 0, scheduled: 100_000);
        TestContext.Out.WriteLine(FormattableString.Invariant($"filled in {filling.Elapsed.TotalSeconds:F0} s"));

        // The first round is for compilation and caches; after it the two take turns, so that both see the same machine.
        for (var round = 0; round < 4; round++)
        {
            var onEmpty = await MeasureAsync(empty, _ => NewId.NextGuid());
            var onBig = await MeasureAsync(big, _ => NewId.NextGuid());
            var onStored = await MeasureAsync(big, n => Existing(1 + (n * 97 + round) % 1_000_000));
            TestContext.Out.WriteLine(FormattableString.Invariant(
                $"round {round}: {onEmpty:F3} ms a message on empty tables, {onBig:F3} ms on big ones, {onBig / onEmpty:F2} times; {onStored:F3} ms for sagas that are stored already"));
            if (round > 0)
                Assert.That(onBig, Is.LessThan(3 * onEmpty), "far from growing with the tables, which are thousands of times bigger");
        }

        async Task<double> MeasureAsync(StorageHost host, Func<int, Guid> saga)
        {
            var watch = Stopwatch.StartNew();
            await CountAsync(host, Enumerable.Range(0, Messages).Select(saga), copies: 1, host.Results.Count);
            return watch.Elapsed.TotalMilliseconds / Messages;
        }
    }

    private static Task<StorageHost> StartAsync(string? schema = null) => StorageHost.StartAsync(x =>
    {
        x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository(r => r.SearchBy(c => c.Label))
            .Endpoint(e => e.ConcurrentMessageLimit = 64);
        x.AddSagaStateMachine<ReminderMachine, Reminder>().PostgreSqlRepository();
        x.UsePostgreSqlOutboxOnEndpoints();
    }, schema: schema);

    private static async Task CountAsync(StorageHost host, IEnumerable<Guid> sagas, int copies, int from)
    {
        var received = 0;
        foreach (var chunk in sagas.Chunk(500))
        {
            await Task.WhenAll(chunk.SelectMany(saga =>
            {
                var messageId = NewId.NextGuid();
                return Enumerable.Range(0, copies).Select(_ => host.Bus.Publish(new CountOne { CounterId = saga }, x => x.MessageId = messageId));
            }));
            received += chunk.Length;
        }
        await Eventually.GetAsync(() => Task.FromResult(host.Results.Count), n => n == from + received, "every result", TimeSpan.FromMinutes(2));
    }

    private static async Task FindByLabelAsync(StorageHost host, int from)
    {
        for (var n = 1; n <= 50; n++)
            await host.Bus.Publish(new CountByLabel { Label = $"big-{n}" });
        // Stored as 1, and counted by their ids before.
        await host.EventuallyAsync("""
            select count(*) from {schema}.saga_counter
            where correlation_id = any(array(select md5(n::text)::uuid from generate_series(1, 50) as x (n))) and version = 3
            """, 50L);
        Assert.That(host.Results, Has.Count.EqualTo(from), "finding by label sends nothing");
    }

    private static async Task ScheduleAndCancelAsync(StorageHost host)
    {
        var ids = Enumerable.Range(0, 50).Select(_ => NewId.NextGuid()).ToArray();
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new Remind { ReminderId = id, AfterHours = 1000 })));
        await host.EventuallyAsync("select count(*) from {schema}.saga_reminder where version = 1", 50L);
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new ForgetReminder { ReminderId = id })));
        await host.EventuallyAsync("select count(*) from {schema}.saga_reminder where version = 2", 50L);
    }

    // As FilledTables numbers them.
#pragma warning disable CA5351 // Not for secrecy: the same function exists in PostgreSQL.
    private static Guid Existing(int n) => new(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.ASCII.GetBytes(
        n.ToString(System.Globalization.CultureInfo.InvariantCulture))), bigEndian: true);
#pragma warning restore CA5351
}
