using ExchangeBus.IntegrationTests.SagaStore.Worker;
using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.Testing;
using MassTransit;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.IntegrationTests.SagaStore.Outages;

/// <summary>Messages to count, two copies of each, and what must be true when they are counted.</summary>
internal sealed class CountingWork
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly CounterSite _site;
    private readonly ArrivedResults _results;

    private CountingWork(CounterSite site, int messages, ArrivedResults results) => (_site, Messages, _results) = (site, messages, results);

    public int Messages { get; }

    /// <summary>Sends all of it; the queue must exist.</summary>
    public static async Task<CountingWork> SendAsync(CounterSite site, int messages, int sagas)
    {
        var work = new CountingWork(site, messages, await site.Broker.ReceiveResultsAsync());
        var counters = Enumerable.Range(0, sagas).Select(_ => new CountOne { CounterId = NewId.NextGuid() }).ToArray();
        await site.Broker.SendManyAsync(Enumerable.Range(0, messages).Select(n => (counters[n % sagas], NewId.NextGuid())).SelectMany(x => Enumerable.Repeat(x, 2)).ToArray());
        return work;
    }

    public static async Task<IHost> StartHostAsync(CounterSite site, string name)
    {
        var host = CounterWorker.Build(site.SettingsFor(name), x => x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository()
            .Endpoint(e => e.Name = CounterBroker.Queue));
        await host.StartAsync();
        return host;
    }

    /// <summary>Fails when what is to be broken would be broken after the work.</summary>
    public async Task<long> BegunAsync(int atLeast)
    {
        var counted = await Eventually.GetAsync(_site.Database.CountInboxAsync, n => n >= atLeast, "the work begun");
        Assert.That(counted, Is.LessThan(Messages), "the fault must come in the middle");
        return counted;
    }

    public async Task AssertCountedOnceAsync()
    {
        var counted = await Eventually.GetAsync(async () => (Counted: await _site.Database.CountInboxAsync(), Fault: await AskAsync(_site.Broker.FirstFaultAsync, null)),
            x => x.Counted >= Messages || x.Fault is not null, "every message counted", Patience);
        Assert.That(counted.Fault, Is.Null, "the first of the messages that were parked");
        await Eventually.GetAsync(WaitingAsync, n => n == 0, "the queue empty of copies", Patience);
        await Eventually.GetAsync(_site.Database.CountOutboxAsync, n => n == 0, "the outbox empty", Patience);
        await Eventually.GetAsync(() => Task.FromResult(_results.Distinct), n => n >= Messages, "every result", Patience);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _site.Database.CountInboxAsync(), Is.EqualTo(Messages), "inbox rows");
            Assert.That(await _site.Database.SumCountersAsync(), Is.EqualTo(Messages), "the sum of all counters");
            Assert.That(_results.Distinct, Is.EqualTo(Messages), "different results");
            Assert.That(await _site.Broker.CountAsync(CounterBroker.Errors), Is.Zero, "messages parked as failed");
            Assert.That(await _site.Broker.CountAsync(CounterBroker.Queue + "_skipped"), Is.Zero, "messages skipped");
            Assert.That(await _site.Broker.CountAsync(CounterBroker.DeadLetters), Is.Zero, "messages returned too often");
        }
    }

    /// <summary>Messages in the queue; -1 while the broker, or the connection to it, is away.</summary>
    public Task<long> WaitingAsync() => AskAsync(() => _site.Broker.CountAsync(CounterBroker.Queue), -1);

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, T whileAway)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is OperationInterruptedException or BrokerUnreachableException)
        {
            return whileAway;
        }
    }
}
