using ExchangeBus.IntegrationTests.SagaStore.Worker;
using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExchangeBus.IntegrationTests.SagaStore.Faults;

/// <summary>A host within the test, on the queue and the table of counters; the machine and the state class are the test's choice.</summary>
internal sealed class CountingHost(IHost host) : IAsyncDisposable
{
    private bool _isStopped;

    public static Task<CountingHost> StartAsync(CounterSite site) => StartAsync<CounterMachine, Counter>(site);

    public static async Task<CountingHost> StartAsync<TMachine, TState>(CounterSite site,
        Action<IBusRegistrationConfigurator>? configure = null, Action<IServiceCollection>? services = null)
        where TMachine : class, SagaStateMachine<TState>
        where TState : class, SagaStateMachineInstance
    {
        var host = CounterWorker.Build(site.SettingsFor("host"), x =>
        {
            x.AddSagaStateMachine<TMachine, TState>().PostgreSqlRepository(r => r.Table = "saga_counter").Endpoint(e => e.Name = CounterBroker.Queue);
            configure?.Invoke(x);
        }, services);
        await host.StartAsync();
        return new CountingHost(host);
    }

    public async Task StopAsync()
    {
        _isStopped = true;
        await host.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
            await StopAsync();
        host.Dispose();
    }
}

/// <summary>What must be true when the good messages are counted and the bad ones are parked.</summary>
internal static class CountingAssertions
{
    public static async Task AssertCountedAsync(this CounterSite site, ArrivedResults results, int counted, int parked)
    {
        await Eventually.GetAsync(() => site.Broker.CountAsync(CounterBroker.Errors), n => n == parked, "messages parked");
        await site.AssertCountedButForTheQueueAsync(results, counted);
        Assert.That(await site.Broker.CountAsync(CounterBroker.Queue), Is.Zero, "messages left in the queue");
        Assert.That(await site.Broker.CountAsync(CounterBroker.Errors), Is.EqualTo(parked), "messages parked");
    }

    /// <summary>Where something is still to be handled.</summary>
    public static async Task AssertCountedButForTheQueueAsync(this CounterSite site, ArrivedResults results, int counted)
    {
        await Eventually.GetAsync(site.Database.CountInboxAsync, n => n == counted, "an inbox row for every message that was counted and for no other");
        await Eventually.GetAsync(site.Database.CountOutboxAsync, n => n == 0, "the outbox empty");
        await Eventually.GetAsync(() => Task.FromResult(results.Distinct), n => n == counted, "a result for every message that was counted");
        Assert.That(results.Messages, Is.EqualTo(counted), "messages with results, of which none may be sent without its effect");
    }
}
