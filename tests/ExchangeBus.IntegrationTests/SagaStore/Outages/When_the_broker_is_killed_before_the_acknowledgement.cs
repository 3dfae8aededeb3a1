using ExchangeBus.IntegrationTests.LocalServers;
using ExchangeBus.IntegrationTests.SagaStore.Worker;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Eventually = ExchangeBus.Testing.Eventually;

namespace ExchangeBus.IntegrationTests.SagaStore.Outages;

[NonParallelizable]
internal sealed class When_the_broker_is_killed_before_the_acknowledgement
{
    private const int Messages = 2000;
    private const int Held = 40;

    [Test]
    public async Task Should_count_each_message_once_when_it_is_back()
    {
        await using var site = await CounterSite.CreateAsync(OwnServers.Current);
        using var host = await CountingWork.StartHostAsync(site, "acknowledging");
        var gate = new Gate();
        host.Services.GetRequiredService<IBus>().ConnectConsumeObserver(gate);
        await Eventually.GetAsync(() => Task.FromResult(QueuesOnDisk.Missing(OwnServers.Current, site.Broker.VirtualHost, CounterBroker.Results, CounterBroker.Queue, CounterBroker.DeadLetters).Count),
            n => n == 0, "the queues written down");
        var work = await CountingWork.SendAsync(site, Messages, sagas: 200);
        await work.BegunAsync(atLeast: 300);

        gate.Close();
        await Eventually.GetAsync(() => Task.FromResult(gate.Held), n => n >= Held, "messages handled, and not yet acknowledged");
        await OwnServers.Current.RabbitMq.KillAsync();
        // Commits go on without the broker; the acknowledgements cannot.
        gate.Open();
        await OwnServers.Current.RabbitMq.StartAgainAsync();
        await work.BegunAsync(atLeast: 300);

        await work.AssertCountedOnceAsync();
        await host.StopAsync();
    }

    /// <summary>Holds what the saga has handled, before it is committed and acknowledged.</summary>
    private sealed class Gate : IConsumeObserver
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isClosed;
        private int _held;

        public int Held => Volatile.Read(ref _held);

        public void Close() => _isClosed = true;

        public void Open()
        {
            _isClosed = false;
            _open.SetResult();
        }

        public async Task PostConsume<T>(ConsumeContext<T> context) where T : class
        {
            if (!_isClosed)
                return;
            Interlocked.Increment(ref _held);
            await _open.Task;
        }

        public Task PreConsume<T>(ConsumeContext<T> context) where T : class => Task.CompletedTask;

        public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception) where T : class => Task.CompletedTask;
    }
}
