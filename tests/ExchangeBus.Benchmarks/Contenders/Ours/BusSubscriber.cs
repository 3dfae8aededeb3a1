using System.Globalization;
using ExchangeBus.Benchmarks.Contenders.Raw;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>
/// An agency that receives its subscription as ExchangeBus.Client does: reads every event, says its cumulative word to the bus,
/// then acknowledges to the broker; only the agency's own inbox table is left out.
/// </summary>
internal sealed class BusSubscriber : IAsyncDisposable
{
    private const int MostAttempts = 50;
    private static readonly TimeSpan AttemptEvery = TimeSpan.FromMilliseconds(200);

    private readonly int _index;
    private readonly TestAgency _agency;
    private readonly string _subscription;
    private readonly DeliveryRanges _ranges = new();
    private readonly BasicProperties _properties;
    private RawConsumer? _consumer;
    private volatile Ledger? _ledger;

    private BusSubscriber(int index, TestAgency agency)
    {
        (_index, _agency, _subscription) = (index, agency, $"{agency.Code}.{agency.Subscriptions[0].Name}");
        _properties = new BasicProperties { ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent, UserId = agency.BrokerUser };
    }

    internal static async Task<BusSubscriber> StartAsync(int index, TestAgency agency, Uri broker, CancellationToken cancellationToken)
    {
        var subscriber = new BusSubscriber(index, agency);
        var factory = new ConnectionFactory { Uri = broker, UserName = agency.BrokerUser, Password = agency.BrokerPassword, AutomaticRecoveryEnabled = false };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                subscriber._consumer = await RawConsumer.StartAsync(factory, $"sub.{subscriber._subscription}", subscriber.Receive, subscriber.AcknowledgeAsync, cancellationToken);
                return subscriber;
            }
            catch (OperationInterruptedException) when (attempt < MostAttempts)
            {
                // The dispatcher declares the queue when it has claimed the subscription, a moment after the start.
                await Task.Delay(AttemptEvery, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Deliveries from now on are ticked off here.</summary>
    internal void Use(Ledger ledger) => _ledger = ledger;

    public ValueTask DisposeAsync() => _consumer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Receive(ulong tag, ReadOnlyMemory<byte> body)
    {
        var received = CloudEventJson.Read(body.ToArray());
        _ranges.Received(tag, PositionOf(received, ExtensionAttributes.PreviousSequence), PositionOf(received, ExtensionAttributes.Sequence));
        _ledger?.Received(_index, long.Parse(received.Id, CultureInfo.InvariantCulture));
        _ranges.Done(tag);
    }

    private async Task<ulong> AcknowledgeAsync(IChannel channel, CancellationToken cancellationToken)
    {
        var (words, tag) = _ranges.TakeDone();
        foreach (var (after, sequence) in words)
        {
            var word = EventData.Write(new Acknowledgement(_subscription, 0, after, sequence));
            await channel.BasicPublishAsync("exchangebus.acks", "", mandatory: false, _properties, word, cancellationToken);
        }

        return tag;
    }

    private static long PositionOf(CloudEvent received, string attribute) => long.Parse(received[attribute]!, CultureInfo.InvariantCulture);
}
