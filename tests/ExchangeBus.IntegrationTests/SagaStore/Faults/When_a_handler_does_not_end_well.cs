using ExchangeBus.IntegrationTests.SagaStore.Worker;
using ExchangeBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.IntegrationTests.SagaStore.Faults;

internal sealed class When_a_handler_does_not_end_well
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private CounterSite _site = null!;
    private ArrivedResults _results = null!;
    private Guid _victim;
    private CountOne[] _everybody = null!;

    [SetUp]
    public async Task SetUp()
    {
        _site = await CounterSite.CreateAsync(Servers.Current);
        _results = await _site.Broker.ReceiveResultsAsync();
        _victim = NewId.NextGuid();
        _everybody = [.. Enumerable.Range(0, 9).Select(_ => NewId.NextGuid()).Append(_victim).Select(x => new CountOne { CounterId = x })];
    }

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [Test]
    public async Task Should_leave_nothing_but_the_parked_message_when_it_throws()
    {
        await using var host = await CountingHost.StartAsync(_site);
        await CountEverybodyAsync();

        await _site.Broker.SendAsync(new FailCounting { CounterId = _victim });
        await Eventually.GetAsync(() => _site.Broker.CountAsync(CounterBroker.Errors), n => n == 1, "the message parked");
        await CountEverybodyAsync();

        await AssertTwiceEachAsync(parked: 1);
        Assert.That(await _site.Broker.FirstFaultAsync(), Is.EqualTo("System.InvalidOperationException: It failed as told."));
    }

    [Test]
    public async Task Should_leave_nothing_but_the_parked_message_when_its_time_is_over()
    {
        await using var host = await StartHeldAsync(new Gate(), x => x.AddConfigureEndpointsCallback((_, _, e) => e.UseTimeout(t => t.Timeout = TimeSpan.FromSeconds(1))));
        await CountEverybodyAsync();

        await _site.Broker.SendAsync(new CountHeld { CounterId = _victim });
        await Eventually.GetAsync(() => _site.Broker.CountAsync(CounterBroker.Errors), n => n == 1, "the message parked");
        // Not earlier: the time that the victim's next message waits for its turn counts as its own.
        await CountEverybodyAsync();

        await AssertTwiceEachAsync(parked: 1);
        var fault = await _site.Broker.FirstFaultAsync();
        TestContext.Out.WriteLine(fault);
        Assert.That(fault, Does.Contain("Cancel"), "the reason");
    }

    [Test]
    public async Task Should_return_its_message_to_the_queue_and_take_effect_once_later_when_the_host_stops()
    {
        var gate = new Gate();
        await using (var stopping = await StartHeldAsync(gate))
        {
            await CountEverybodyAsync();
            await _site.Broker.SendAsync(new CountHeld { CounterId = _victim });
            await gate.Reached.WaitAsync(Patience, TimeProvider.System);
            await stopping.StopAsync();
        }
        await Eventually.GetAsync(() => _site.Broker.CountAsync(CounterBroker.Queue), n => n == 1, "the message back in the queue");
        await _site.AssertCountedButForTheQueueAsync(_results, counted: 10);

        var open = new Gate();
        open.Open();
        await using var again = await StartHeldAsync(open);
        await _site.AssertCountedAsync(_results, counted: 11, parked: 0);
        Assert.That(_results.Of(_victim), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(await _site.Database.SumCountersAsync(), Is.EqualTo(11));
    }

    private Task<CountingHost> StartHeldAsync(Gate gate, Action<IBusRegistrationConfigurator>? configure = null) =>
        CountingHost.StartAsync<HeldCounterMachine, Counter>(_site, configure, services =>
        {
            services.AddSingleton(gate);
            services.Configure<MassTransitHostOptions>(x => x.ConsumerStopTimeout = TimeSpan.FromSeconds(1));
        });

    private Task CountEverybodyAsync() => CountEverybodyAsync(_results.Distinct + _everybody.Length);

    private async Task CountEverybodyAsync(int results)
    {
        await _site.Broker.SendManyAsync(_everybody.Select(x => (x, NewId.NextGuid())));
        await Eventually.GetAsync(() => Task.FromResult(_results.Distinct), n => n >= results, "everybody counted");
    }

    private async Task AssertTwiceEachAsync(int parked)
    {
        await _site.AssertCountedAsync(_results, counted: 20, parked);
        foreach (var counter in _everybody)
            Assert.That(_results.Of(counter.CounterId), Is.EqualTo(new[] { 1, 2 }), "the results of a saga");
        Assert.That(await _site.Database.SumCountersAsync(), Is.EqualTo(20), "the sum of all counters");
    }
}
