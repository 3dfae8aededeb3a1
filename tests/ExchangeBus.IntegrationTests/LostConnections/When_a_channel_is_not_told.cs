using System.Collections.Concurrent;
using ExchangeBus.IntegrationTests.SagaStore;
using ExchangeBus.IntegrationTests.SagaStore.Worker;
using ExchangeBus.MassTransit.RabbitMq;
using ExchangeBus.Testing;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.DependencyInjection;
using Eventually = ExchangeBus.Testing.Eventually;

namespace ExchangeBus.IntegrationTests.LostConnections;

/// <summary>
/// What RabbitMQ.Client does now and then is made to happen each time: the connection closes, and whoever is told first never answers.
/// </summary>
internal sealed class When_a_channel_is_not_told
{
    private const string Name = "deaf";

    [Test]
    public async Task Should_consume_again_over_a_new_connection()
    {
        await using var broker = await CounterBroker.CreateAsync(Servers.Current.RabbitMq, $"lost_{Guid.CreateVersion7():N}");
        var stuck = new StuckShutdown();
        var received = new ConcurrentQueue<Guid>();
        var services = new ServiceCollection();
        services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry();
            x.UsingRabbitMq((_, cfg) =>
            {
                cfg.Host(broker.AmqpUri, Name);
                cfg.ReceiveEndpoint("first", e => e.ConfigureChannel(c => c.UseFilter(stuck)));
            });
        });
        await using var provider = services.BuildServiceProvider();
        var bus = provider.GetRequiredService<IBusControl>();
        await bus.StartAsync(CancellationToken.None);
        // Connected later, so it is told later.
        var second = bus.ConnectReceiveEndpoint(CounterBroker.Queue, e =>
        {
            var endpoint = (IRabbitMqReceiveEndpointConfigurator)e;
            endpoint.WatchConnection();
            endpoint.Handler<CountOne>(x =>
            {
                received.Enqueue(x.Message.CounterId);
                return Task.CompletedTask;
            });
        });
        await second.Ready;

        await Eventually.GetAsync(() => broker.CloseConnectionsAsync(Name), n => n > 0, "a connection closed");
        var since = TimeProvider.System.GetTimestamp();
        var sent = new CountOne { CounterId = NewId.NextGuid() };
        await broker.SendAsync(sent);

        await Eventually.GetAsync(() => Task.FromResult(received.ToArray()), x => x.Contains(sent.CounterId), "the message consumed", TimeSpan.FromSeconds(90));
        TestContext.Out.WriteLine(FormattableString.Invariant($"consumed {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s after the connection was closed"));
        Assert.That(stuck.IsStuck, "the case did not happen");
        stuck.End();
        await bus.StopAsync(CancellationToken.None);
    }

    private sealed class StuckShutdown : IFilter<ChannelContext>
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _channels;

        public bool IsStuck { get; private set; }

        public void End() => _end.TrySetResult();

        public Task Send(ChannelContext context, IPipe<ChannelContext> next)
        {
            if (Interlocked.Increment(ref _channels) == 1)
            {
                context.ConnectionContext.Connection.ConnectionShutdownAsync += (_, _) =>
                {
                    IsStuck = true;
                    return _end.Task;
                };
            }
            return next.Send(context);
        }

        public void Probe(ProbeContext context)
        {
        }
    }
}
