using System.Globalization;
using System.Threading.Channels;
using ExchangeBus.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.Client.Subscribing;

/// <summary>
/// Receives one subscription from its queue: events of one order key in order, others side by side; tells the bus what is done;
/// connects again when the broker was away.
/// </summary>
internal sealed class Subscriber(
    SubscribedQueue subscribed, IEventHandler handler, Inbox inbox, HttpClient http, IOptions<ClientOptions> options, TimeProvider time, ILogger<Subscriber> logger) : BackgroundService
{
    private const string AcknowledgementExchange = "exchangebus.acks";
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly string _subscription = $"{options.Value.Agency}.{subscribed.Name}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReceiveAsync(stoppingToken);
            }
            catch (Exception e) when (e is RabbitMQClientException or HttpRequestException or IOException or TimeoutException or ObjectDisposedException or ChannelClosedException
                || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                logger.SubscriptionLostBroker(_subscription, e.Message);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = options.Value.BrokerAddress ?? throw new InvalidOperationException($"{nameof(ClientOptions.BrokerAddress)} is needed to subscribe."),
            UserName = options.Value.BrokerUser,
            Password = options.Value.BrokerPassword ?? throw new InvalidOperationException($"{nameof(ClientOptions.BrokerPassword)} is needed to subscribe."),
            AutomaticRecoveryEnabled = false,
            ClientProvidedName = _subscription,
        };
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        await channel.BasicQosAsync(0, (ushort)options.Value.Prefetch, global: false, cancellationToken);

        using var closed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        channel.ChannelShutdownAsync += (_, _) => closed.CancelAsync();
        var ranges = new DeliveryRanges();
        var arrival = new Arrival(new DeliveryChain(), new GapReporter(http, options, time), ranges);
        var workers = Enumerable.Range(0, options.Value.Concurrency).Select(_ => Channel.CreateUnbounded<(ulong, CloudEvent)>()).ToArray();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) => TakeAsync(e, channel, arrival, workers, closed);
        // RabbitMQ cancels the consumers of a queue that is deleted, and leaves the channel open.
        consumer.UnregisteredAsync += (_, _) => closed.CancelAsync();
        await channel.BasicConsumeAsync(subscribed.QueueOf(_subscription), autoAck: false, consumer, closed.Token);

        var running = workers.Select(w => WorkAsync(w.Reader, ranges, closed.Token)).Append(AcknowledgeAsync(channel, ranges, closed.Token)).ToArray();
        try
        {
            await await Task.WhenAny(running);
        }
        finally
        {
            // Nothing of this connection may still run when the next one begins: order would be lost.
            await closed.CancelAsync();
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task TakeAsync(
        BasicDeliverEventArgs e, IChannel channel, Arrival arrival, Channel<(ulong, CloudEvent)>[] workers, CancellationTokenSource closed)
    {
        if (!CloudEventJson.TryRead(e.Body.ToArray(), out var received, out _)
            || !long.TryParse(received[ExtensionAttributes.Sequence], CultureInfo.InvariantCulture, out var sequence)
            || !TryReadPrevious(received, out var previous))
        {
            logger.NotAnEvent(_subscription);
            await channel.BasicRejectAsync(e.DeliveryTag, requeue: false, closed.Token);
            return;
        }

        try
        {
            if (!await arrival.IsToBeHandledAsync(_subscription, subscribed.Partition, e.DeliveryTag, previous, sequence, closed.Token))
                return;
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            // Nothing can be said about order while the bus does not answer: connect again and ask again.
            logger.SubscriptionLostBroker(_subscription, failed.Message);
            await closed.CancelAsync();
            return;
        }

        var key = received[ExtensionAttributes.PartitionKey] ?? received.Id;
        workers[(uint)string.GetHashCode(key, StringComparison.Ordinal) % workers.Length].Writer.TryWrite((e.DeliveryTag, received));
    }

    /// <summary>Null where there is none: then the delivery stands outside the chain.</summary>
    private static bool TryReadPrevious(CloudEvent received, out long? previous)
    {
        previous = null;
        if (received[ExtensionAttributes.PreviousSequence] is not { } text)
            return true;
        var isNumber = long.TryParse(text, CultureInfo.InvariantCulture, out var number);
        previous = number;
        return isNumber;
    }

    private async Task WorkAsync(ChannelReader<(ulong Tag, CloudEvent Event)> waiting, DeliveryRanges ranges, CancellationToken cancellationToken)
    {
        await foreach (var (tag, received) in waiting.ReadAllAsync(cancellationToken))
        {
            await HandleAsync(received, cancellationToken);
            ranges.Done(tag);
        }
    }

    private async Task HandleAsync(CloudEvent received, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await inbox.HandleOnceAsync(_subscription, received, handler, cancellationToken);
                return;
            }
#pragma warning disable CA1031 // Whatever the agency's handler throws, the event stays and its turn comes again.
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.HandlingFailed(received.Type, long.Parse(received[ExtensionAttributes.Sequence]!, CultureInfo.InvariantCulture), _subscription, attempt, e);
                var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(attempt, 12)));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken);
            }
        }
    }

    private async Task AcknowledgeAsync(IChannel channel, DeliveryRanges ranges, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties { ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent, UserId = options.Value.BrokerUser };
        while (true)
        {
            // With half of the prefetch done and not said, the broker would soon have nothing left to send.
            await Task.WhenAny(ranges.ManyDoneAsync(options.Value.Prefetch / 2), Task.Delay(options.Value.AcknowledgeWithin, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            var (words, tag) = ranges.TakeDone();
            // First the word, then the broker: the other way round, a crash in between would leave the word unsaid.
            foreach (var (after, sequence) in words)
            {
                var word = EventData.Write(new Acknowledgement(_subscription, subscribed.Partition, after, sequence));
                await channel.BasicPublishAsync(AcknowledgementExchange, "", mandatory: false, properties, word, cancellationToken);
            }

            if (tag > 0)
                await channel.BasicAckAsync(tag, multiple: true, cancellationToken);
        }
    }
}

/// <summary>Which partition of which subscription a <see cref="Subscriber"/> receives.</summary>
internal sealed record SubscribedQueue(string Name, int Partition, int Partitions)
{
    internal string QueueOf(string subscription) => Partitions == 1 ? $"sub.{subscription}" : $"sub.{subscription}.{Partition}";
}
