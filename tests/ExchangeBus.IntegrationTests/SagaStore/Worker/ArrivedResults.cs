using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ExchangeBus.IntegrationTests.SagaStore.Worker;

/// <summary>What arrived, in the order of arrival: one consumer that takes one message after the other.</summary>
internal sealed class ArrivedResults
{
    private readonly ConcurrentDictionary<Counted, int> _firstArrivals = [];
    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<int>> _orders = [];
    private readonly ConcurrentDictionary<Guid, int> _messages = [];

    /// <summary>How many results arrived; repeats are not counted.</summary>
    public int Distinct => _firstArrivals.Count;

    /// <summary>How many messages arrived, copies of one not counted. More of them than results: something took effect twice, or was sent without its effect.</summary>
    public int Messages => _messages.Count;

    /// <summary>How many deliveries there were. More of them than messages: delivery is at least once.</summary>
    public int All { get; private set; }

    /// <summary>How many results arrived for the first time after a later one of their saga.</summary>
    public int Overtaken => _orders.Values.Sum(counts => counts.Zip(counts.Skip(1)).Count(x => x.Second < x.First));

    public IReadOnlyCollection<int> Of(Guid counter) => _orders.TryGetValue(counter, out var counts) ? counts : [];

    public static async Task<ArrivedResults> ReceiveAsync(IConnection connection, string queue)
    {
        var results = new ArrivedResults();
        // Lives as long as the connection, and comes back with it.
        var channel = await connection.CreateChannelAsync();
        await channel.BasicQosAsync(0, 500, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var envelope = JsonDocument.Parse(delivery.Body).RootElement;
            results.Add(envelope.GetProperty("messageId").GetGuid(), envelope.GetProperty("message").Deserialize<Counted>(JsonSerializerOptions.Web)!);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        return results;
    }

    private void Add(Guid messageId, Counted result)
    {
        All++;
        _messages.TryAdd(messageId, All);
        if (_firstArrivals.TryAdd(result, All))
            _orders.GetOrAdd(result.CounterId, _ => []).Enqueue(result.Count);
    }
}
