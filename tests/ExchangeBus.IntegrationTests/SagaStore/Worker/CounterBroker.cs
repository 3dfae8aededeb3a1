using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExchangeBus.LocalServers;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.IntegrationTests.SagaStore.Worker;

/// <summary>A virtual host that the workers of one test have to themselves, seen from the outside: what is sent is written here byte for byte.</summary>
internal sealed class CounterBroker : IAsyncDisposable
{
    public const string Queue = "counter";
    public const string Errors = Queue + "_error";
    public const string DeadLetters = "dead-letters";
    public const string Results = "results";

    private readonly RabbitMqServer _server;
    private readonly IConnection _connection;

    private CounterBroker(RabbitMqServer server, string virtualHost, Uri amqpUri, IConnection connection) =>
        (_server, VirtualHost, AmqpUri, _connection) = (server, virtualHost, amqpUri, connection);

    public string VirtualHost { get; }

    public Uri AmqpUri { get; }

    public static async Task<CounterBroker> CreateAsync(RabbitMqServer server, string name)
    {
        var amqpUri = await Testing.VirtualHost.CreateAsync(server, name);
        var factory = new ConnectionFactory { Uri = amqpUri, NetworkRecoveryInterval = TimeSpan.FromMilliseconds(500) };
        var broker = new CounterBroker(server, name, amqpUri, await factory.CreateConnectionAsync("test"));
        await using var channel = await broker._connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(DeadLetters, ExchangeType.Fanout, durable: true);
        await channel.ExchangeDeclareAsync("ExchangeBus.IntegrationTests.SagaStore:Counted", ExchangeType.Fanout, durable: true);
        foreach (var (queue, exchange) in ((string, string)[])[(DeadLetters, DeadLetters), (Results, "ExchangeBus.IntegrationTests.SagaStore:Counted")])
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false,
                arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            await channel.QueueBindAsync(queue, exchange, "");
        }
        return broker;
    }

    public Task<ArrivedResults> ReceiveResultsAsync() => ArrivedResults.ReceiveAsync(_connection, Results);

    /// <summary>Returns when the broker has confirmed them all.</summary>
    public async Task SendManyAsync<T>(IEnumerable<(T Message, Guid MessageId)> messages) where T : class
    {
        await using var channel = await OpenConfirmingAsync();
        foreach (var chunk in messages.Chunk(1000))
            await Task.WhenAll(chunk.Select(x => SendAsync(channel, Envelope(x.Message, x.MessageId), x.MessageId)));
    }

    public Task SendAsync<T>(T message) where T : class => SendManyAsync([(message, NewId.NextGuid())]);

    public async Task SendBytesAsync(byte[] body)
    {
        await using var channel = await OpenConfirmingAsync();
        await SendAsync(channel, body, NewId.NextGuid());
    }

    /// <summary>How many messages wait in a queue that need not exist; those that a consumer has not acknowledged yet are not among them.</summary>
    public async Task<long> CountAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync();
        try
        {
            return await channel.MessageCountAsync(queue);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return 0;
        }
    }

    /// <summary>The first of the parked messages; null when there is none. It goes back to its place.</summary>
    public async Task<ParkedMessage?> FirstParkedAsync()
    {
        if (await CountAsync(Errors) == 0)
            return null;
        await using var channel = await _connection.CreateChannelAsync();
        return await channel.BasicGetAsync(Errors, autoAck: false) is { } message ? new ParkedMessage(message) : null;
    }

    public async Task<string?> FirstFaultAsync() => (await FirstParkedAsync())?.Fault;

    /// <summary>Closes connections of workers from the broker's side; tells how many.</summary>
    public async Task<int> CloseConnectionsAsync(string worker)
    {
        using var http = new HttpClient { BaseAddress = _server.ManagementUri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_server.UserName}:{_server.Password}")));
        var closed = 0;
        foreach (var connection in await http.GetFromJsonAsync<List<JsonElement>>($"/api/vhosts/{VirtualHost}/connections") ?? [])
        {
            if (connection.TryGetProperty("user_provided_name", out var name) && name.GetString() == worker)
            {
                using var answer = await http.DeleteAsync($"/api/connections/{Uri.EscapeDataString(connection.GetProperty("name").GetString()!)}");
                closed += answer.IsSuccessStatusCode ? 1 : 0;
            }
        }
        return closed;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task<IChannel> OpenConfirmingAsync() => _connection.CreateChannelAsync(new CreateChannelOptions(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null));

    private static Task SendAsync(IChannel channel, byte[] body, Guid messageId) => channel.BasicPublishAsync("", Queue, mandatory: true,
        new BasicProperties { ContentType = "application/vnd.masstransit+json", DeliveryMode = DeliveryModes.Persistent, MessageId = messageId.ToString() },
        body).AsTask();

    private static byte[] Envelope<T>(T message, Guid messageId) => JsonSerializer.SerializeToUtf8Bytes(
        new { messageId, messageType = new[] { MessageUrn.ForTypeString<T>() }, message }, JsonSerializerOptions.Web);
}
