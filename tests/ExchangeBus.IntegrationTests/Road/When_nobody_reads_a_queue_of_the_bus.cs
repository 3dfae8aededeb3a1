using ExchangeBus.Platform;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_nobody_reads_a_queue_of_the_bus
{
    private IConnection _connection = null!;
    private IChannel _channel = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _connection = await new ConnectionFactory { Uri = await VirtualHost.CreateAsync(Servers.Current.RabbitMq, $"full_{Guid.CreateVersion7():N}") }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
    }

    [TearDown]
    public async Task DisconnectAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    [Test]
    public async Task Should_keep_the_newest_and_refuse_nothing()
    {
        await _channel.QueueDeclareAsync("newest", durable: true, exclusive: false, autoDelete: false, Topology.NewestArguments(deliveryLimit: 5, messages: 3, bytes: 1_000_000));

        for (byte i = 0; i < 6; i++)
            await _channel.BasicPublishAsync("", "newest", mandatory: true, new BasicProperties(), new byte[] { i });

        var kept = new List<byte>();
        while (await _channel.BasicGetAsync("newest", autoAck: true) is { } got)
            kept.Add(got.Body.Span[0]);
        Assert.That(kept, Is.EqualTo([3, 4, 5]));
    }

    /// <summary>RabbitMQ refuses a queue that is declared again with other arguments, so this says which ones it has.</summary>
    [Test]
    public async Task Should_have_bounded_receipts_and_dead_letters()
    {
        await Topology.DeclareAsync(_channel, deliveryLimit: 5, CancellationToken.None);
        await Topology.DeclareReceiptsAsync(_channel, "G15", deliveryLimit: 5, CancellationToken.None);

        await DeclareAsync(Topology.ReceiptsOf("G15"), Topology.NewestArguments(5, 100_000, 128L * 1024 * 1024));
        foreach (var name in (string[])[Topology.DeadLetters, Topology.Unroutable])
            await DeclareAsync(name, Topology.NewestArguments(1_000_000, 100_000, 256L * 1024 * 1024));
    }

    private Task<QueueDeclareOk> DeclareAsync(string name, Dictionary<string, object?> arguments) =>
        _channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments);
}
