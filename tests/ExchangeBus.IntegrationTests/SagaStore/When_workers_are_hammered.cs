using ExchangeBus.IntegrationTests.SagaStore.Worker;
using ExchangeBus.Testing;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

/// <summary>Processes, quorum queues and a database, all of which break all the time. Another run of the same: <c>-- TestRunParameters.Parameter(name="seed", value="…")</c>.</summary>
internal sealed class When_workers_are_hammered
{
    // Takes half a minute on two idle cores; where builds run beside it, many times as long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string LongRun = "Takes a minute or two; the shorter runs meet the same.";

    private CounterSite _site = null!;
    private int _seed;

    [SetUp]
    public async Task SetUp()
    {
        _seed = TestContext.Parameters.Get("seed", Random.Shared.Next(1_000_000));
        _site = await CounterSite.CreateAsync(Servers.Current);
    }

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [TestCase(6_000, 400)]
    [TestCase(6_000, 20)]
    [TestCase(20_000, 4_000, Explicit = true, Reason = LongRun)]
    [TestCase(20_000, 400, Explicit = true, Reason = LongRun)]
    [TestCase(20_000, 20, Explicit = true, Reason = LongRun)]
    public async Task Should_count_each_message_once_when_sessions_connections_and_processes_are_killed(int messages, int sagas)
    {
        await using var first = await WorkerProcess.StartAsync(_site.SettingsFor("first"));
        await using var second = await WorkerProcess.StartAsync(_site.SettingsFor("second"));
        await using var damage = new Damage(_site, _seed).KillSessions(150).CloseConnections(3000, "first", "second").KillProcesses(2500, first, second);

        await CountAsync(messages, sagas, damage);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(damage.Sessions, Is.GreaterThan(messages / 1_000), "sessions killed");
            Assert.That(damage.Connections, Is.GreaterThan(messages / 8_000), "connections closed");
            Assert.That(damage.Processes, Is.GreaterThan(messages / 8_000), "processes killed");
        }
    }

    [TestCase(8_000, 400)]
    [TestCase(8_000, 20)]
    public async Task Should_bring_the_results_of_a_saga_in_the_order_of_its_steps_when_sessions_and_connections_are_killed(int messages, int sagas)
    {
        await using var worker = await WorkerProcess.StartAsync(_site.SettingsFor("only"));
        await using var damage = new Damage(_site, _seed).KillSessions(150).CloseConnections(1500, "only");

        var results = await CountAsync(messages, sagas, damage);

        Assert.That(results.Overtaken, Is.Zero, "results that arrived after a later one of their saga");
        Assert.That(damage.Sessions, Is.GreaterThan(10), "sessions killed");
        Assert.That(damage.Connections, Is.GreaterThan(2), "connections closed");
    }

    private async Task<ArrivedResults> CountAsync(int messages, int sagas, Damage damage)
    {
        var since = TimeProvider.System.GetTimestamp();
        var results = await _site.Broker.ReceiveResultsAsync();
        var copies = Copies(messages, sagas);
        damage.Start();
        await _site.Broker.SendManyAsync(copies);
        await Eventually.GetAsync(() => ProgressAsync(results), x => x.Inbox == messages || x.Fault is not null, "an inbox row for every message", Patience);
        await Eventually.GetAsync(() => _site.Broker.CountAsync(CounterBroker.Queue), n => n == 0, "the queue empty of copies", Patience);
        await damage.StopAsync();
        await Eventually.GetAsync(_site.Database.CountOutboxAsync, n => n == 0, "the outbox empty");
        await Eventually.GetAsync(() => Task.FromResult(results.Distinct), n => n >= messages, "every result");

        var seconds = TimeProvider.System.GetElapsedTime(since).TotalSeconds;
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{damage}; {copies.Length} copies of {messages} messages in {seconds:F1} s; {results.All - messages} results repeated, {results.Overtaken} overtaken"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _site.Database.SumCountersAsync(), Is.EqualTo(messages), "the sum of all counters");
            Assert.That(await _site.Database.CountInboxAsync(), Is.EqualTo(messages), "inbox rows");
            Assert.That(await _site.Database.ScalarAsync<long>("select count(*) from masstransit.scheduled_message"), Is.Zero, "scheduled messages");
            Assert.That(results.Distinct, Is.EqualTo(messages), "different results");
            Assert.That(results.Messages, Is.EqualTo(messages), "messages with results");
            Assert.That(await _site.Broker.FirstFaultAsync(), Is.Null, "the first of the messages that were parked");
            Assert.That(await _site.Broker.CountAsync(CounterBroker.DeadLetters), Is.Zero, "messages returned too often");
        }
        return results;
    }

    private async Task<(long Inbox, long Queue, int Results, string? Fault)> ProgressAsync(ArrivedResults results) => (await _site.Database.CountInboxAsync(),
        await _site.Broker.CountAsync(CounterBroker.Queue), results.Distinct, await _site.Broker.FirstFaultAsync());

    private (CountOne Message, Guid MessageId)[] Copies(int messages, int sagas)
    {
        var random = new Random(_seed);
        var counters = Enumerable.Range(0, sagas).Select(_ => new CountOne { CounterId = NewId.NextGuid() }).ToArray();
        var copies = Enumerable.Range(0, messages).Select(_ => (counters[random.Next(sagas)], NewId.NextGuid()))
            .SelectMany(x => Enumerable.Repeat(x, random.Next(1, 4))).ToArray();
        random.Shuffle(copies);
        return copies;
    }
}
