using System.Collections.Concurrent;
using System.Globalization;
using ExchangeBus.Client;
using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_a_queue_is_lost
{
    private const int Events = 400;

    [Test]
    public async Task Should_fill_it_again_from_the_subscribers_word_so_that_each_event_takes_effect_once_and_in_order()
    {
        await using var bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Samples.Health],
            new Dictionary<string, string?> { ["Dispatch:RefillAfter"] = "00:00:01" });
        using var portal = bus.ClientOf(Samples.Portal);
        var subscriberDatabase = await Servers.Current.Postgres.CreateDatabaseAsync($"agency_{Guid.CreateVersion7():N}");
        var seen = new Recorder();

        // The first half waits in the queue and is purged with nobody listening.
        await PublishAsync(portal, 0, Events / 2);
        await WaitForDeliveredAsync(bus, Events / 2);
        Assert.That(await PurgeAsync(bus), Is.EqualTo(Events / 2));

        using var subscriber = await StartSubscriberAsync(bus, subscriberDatabase, seen);
        // The second half is purged while it is being received.
        await PublishAsync(portal, Events / 2, Events);
        await PurgeAsync(bus);

        await Eventually.GetAsync(() => Task.FromResult(seen.Handled.Count), n => n >= Events, "all events handled", TimeSpan.FromSeconds(60));
        await Eventually.GetAsync(() => Database.CountAsync(bus.ConnectionString, "select acknowledged from delivery_position where subscription = 'G18.births'"),
            acknowledged => acknowledged >= Events, "all events acknowledged");
        await subscriber.StopAsync();

        var handled = seen.Handled.ToArray();
        Assert.That(handled.Select(h => h.Id).Distinct().Count(), Is.EqualTo(Events), "nothing lost");
        Assert.That(handled, Has.Length.EqualTo(Events), "nothing twice");
        foreach (var citizen in handled.GroupBy(h => h.Subject))
            Assert.That(citizen.Select(h => h.Sequence), Is.Ordered.Ascending, "the events of one citizen in order");
    }

    [Test]
    public async Task Should_declare_and_fill_a_deleted_queue_again_without_any_new_event()
    {
        await using var bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Samples.Health],
            new Dictionary<string, string?> { ["Dispatch:RefillAfter"] = "00:00:01" });
        using var portal = bus.ClientOf(Samples.Portal);
        await PublishAsync(portal, 0, 20);
        await WaitForDeliveredAsync(bus, 20);
        await using var connection = await new ConnectionFactory { Uri = bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync("sub.G18.births");

        await WaitForDeliveredAsync(bus, 40);
        Assert.That((await channel.QueueDeclarePassiveAsync("sub.G18.births")).MessageCount, Is.EqualTo(20));
    }

    private static async Task PublishAsync(HttpClient portal, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var published = CloudEventJson.Write(Samples.LinkedBirth(subject: $"G22.99.08-261123-{i % 20:000000}"));
            using var answer = await portal.PostAsync("events", new ByteArrayContent(published) { Headers = { { "Content-Type", CloudEventJson.MediaType } } });
            answer.EnsureSuccessStatusCode();
        }
    }

    private static Task<long> WaitForDeliveredAsync(RunningBus bus, int count) => Eventually.GetAsync(
        () => Database.CountAsync(bus.ConnectionString, "select deliveries from delivery_position where subscription = 'G18.births'"), n => n >= count, "deliveries confirmed");

    private static async Task<uint> PurgeAsync(RunningBus bus)
    {
        await using var connection = await new ConnectionFactory { Uri = bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.QueuePurgeAsync("sub.G18.births");
    }

    private static async Task<IHost> StartSubscriberAsync(RunningBus bus, string connectionString, Recorder seen)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(NpgsqlDataSource.Create(connectionString));
        builder.Services.AddSingleton(seen);
        builder.Services.AddExchangeBusClient(client =>
        {
            (client.Agency, client.System, client.BrokerPassword) = (Samples.Health.Code, Samples.Health.System, Samples.Health.BrokerPassword);
            client.PrivateKey = Samples.Health.PrivateKey.ToPrivateJwk();
            (client.BusAddress, client.BrokerAddress) = (bus.Address, bus.AmqpUri);
        });
        builder.Services.AddExchangeBusSubscription<Recorder>("births");
        var host = builder.Build();
        await ClientSchema.CreateAsync(host.Services.GetRequiredService<NpgsqlDataSource>());
        await host.StartAsync();
        return host;
    }

    private sealed class Recorder : IEventHandler
    {
        internal ConcurrentQueue<(string Id, string Subject, long Sequence)> Handled { get; } = new();

        public Task HandleAsync(EventContext context, CancellationToken cancellationToken)
        {
            var sequence = long.Parse(context.Event[ExtensionAttributes.Sequence]!, CultureInfo.InvariantCulture);
            Handled.Enqueue((context.Event.Id, context.Event.Subject!, sequence));
            return Task.CompletedTask;
        }
    }
}
