using System.Globalization;
using ExchangeBus.Benchmarks.Contenders.Raw;
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

    private readonly TestAgency _agency;
    private readonly string _subscription;
    private readonly DeliveryRanges _ranges = new();
    private readonly BasicProperties _properties;
    private readonly Action<CloudEvent> _receive;
    private readonly Func<CancellationToken, Task> _finish;
    private RawConsumer? _consumer;

    private BusSubscriber(TestAgency agency, Action<CloudEvent> receive, Func<CancellationToken, Task> finish)
    {
        (_agency, _subscription, _receive, _finish) = (agency, $"{agency.Code}.{agency.Subscriptions[0].Name}", receive, finish);
        _properties = new BasicProperties { ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent, UserId = agency.BrokerUser };
    }

    /// <param name="agency">Who; its first subscription is received.</param>
    /// <param name="broker">Where.</param>
    /// <param name="receive">Called for each event, in the order of the queue.</param>
    /// <param name="finish">Does for all events received so far what has to be done before they are acknowledged.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    internal static async Task<BusSubscriber> StartAsync(
        TestAgency agency, Uri broker, Action<CloudEvent> receive, Func<CancellationToken, Task> finish, CancellationToken cancellationToken)
    {
        var subscriber = new BusSubscriber(agency, receive, finish);
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

    public ValueTask DisposeAsync() => _consumer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Receive(ulong tag, ReadOnlyMemory<byte> body)
    {
        var received = CloudEventJson.Read(body.ToArray());
        _ranges.Received(tag, PositionOf(received, ExtensionAttributes.PreviousSequence), PositionOf(received, ExtensionAttributes.Sequence));
        _receive(received);
        _ranges.Done(tag);
    }

    private async Task<ulong> AcknowledgeAsync(IChannel channel, CancellationToken cancellationToken)
    {
        var (words, tag) = _ranges.TakeDone();
        await _finish(cancellationToken);
        foreach (var (after, sequence) in words)
        {
            var word = EventData.Write(new Acknowledgement(_subscription, 0, after, sequence));
            await channel.BasicPublishAsync("exchangebus.acks", "", mandatory: false, _properties, word, cancellationToken);
        }

        return tag;
    }

    private static long PositionOf(CloudEvent received, string attribute) => long.Parse(received[attribute]!, CultureInfo.InvariantCulture);
}
