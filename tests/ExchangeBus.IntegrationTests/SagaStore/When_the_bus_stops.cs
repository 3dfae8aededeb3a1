using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_the_bus_stops
{
    [Test]
    public async Task Should_first_deliver_what_is_under_way()
    {
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository();
            x.UsePostgreSqlOutboxOnEndpoints();
        });
        var broker = new SlowBroker();
        host.Bus.ConnectSendObserver(broker);
        await host.Bus.Publish(new CountOne { CounterId = NewId.NextGuid() });
        // Acknowledged although the broker has not confirmed what it sends.
        await host.ReceivedAsync(1);
        await host.EventuallyAsync(() => broker.IsAsked, true, "the delivery has begun");

        var stop = host.Get<IBusControl>().StopAsync();
        Assert.That(stop.IsCompleted, Is.False);
        broker.Confirm();
        await stop;

        await host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
    }

    private sealed class SlowBroker : ISendObserver
    {
        private readonly TaskCompletionSource _confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsAsked { get; private set; }

        public void Confirm() => _confirmed.SetResult();

        public Task PreSend<T>(SendContext<T> context) where T : class
        {
            IsAsked = true;
            return _confirmed.Task;
        }

        public Task PostSend<T>(SendContext<T> context) where T : class => Task.CompletedTask;

        public Task SendFault<T>(SendContext<T> context, Exception exception) where T : class => Task.CompletedTask;
    }
}
