using System.Diagnostics.Metrics;
using ExchangeBus.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Delivery.Unroutable;

/// <summary>What lies in <c>exchangebus.unroutable</c>.</summary>
/// <param name="Count">Messages there now.</param>
/// <param name="Since">When this process first saw some, of those that are there without a break; null when there are none.</param>
/// <param name="LastAt">When this process last saw more than before; null when there are none.</param>
internal sealed record UnroutableMessages(long Count, DateTimeOffset? Since, DateTimeOffset? LastAt)
{
    internal static readonly UnroutableMessages None = new(0, null, null);

    internal UnroutableMessages Seen(long count, DateTimeOffset now) =>
        count == 0 ? None : new(count, Since ?? now, count > Count ? now : LastAt);
}

/// <summary>
/// Looks every 15 s whether something lies in the queue of messages that no queue took: their sender has its confirm, and nothing else would say that nobody reads them.
/// As metrics of meter <c>ExchangeBus</c>: <c>exchangebus.unroutable</c>, and while there are some <c>exchangebus.unroutable.since</c> and <c>.last</c> in seconds since 1970.
/// </summary>
internal sealed class UnroutableWatch : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    private readonly Broker _broker;
    private readonly TimeProvider _time;
    private readonly ILogger<UnroutableWatch> _logger;
    private readonly Meter _meter;
    private UnroutableMessages _seen = UnroutableMessages.None;
    private bool _isBlind;

    public UnroutableWatch(Broker broker, IMeterFactory meters, TimeProvider time, ILogger<UnroutableWatch> logger)
    {
        (_broker, _time, _logger) = (broker, time, logger);
        _meter = meters.Create("ExchangeBus");
        _meter.CreateObservableGauge("exchangebus.unroutable", () => Seen.Count, "{message}", "Messages that no queue took");
        _meter.CreateObservableGauge("exchangebus.unroutable.since", () => Measure(Seen.Since), "s", "Since when there are messages that no queue took");
        _meter.CreateObservableGauge("exchangebus.unroutable.last", () => Measure(Seen.LastAt), "s", "When the last message came that no queue took");
    }

    internal UnroutableMessages Seen => Volatile.Read(ref _seen);

    /// <summary>Looks now; says so once for each change.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var channel = await _broker.OpenChannelAsync(null, cancellationToken);
        // Declared, not only asked for: without the queue such messages would be lost in silence.
        var count = (long)(await Topology.DeclareUnroutableAsync(channel, cancellationToken)).MessageCount;
        var before = Seen;
        Volatile.Write(ref _seen, before.Seen(count, _time.GetUtcNow()));
        if (count > before.Count)
            _logger.NoQueueTook(count - before.Count, count);
        else if (count == 0 && before.Count > 0)
            _logger.UnroutableEmptied();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await LookAsync(stoppingToken);
                _isBlind = false;
            }
#pragma warning disable CA1031 // The edge of a loop that must not end: what was seen last stands until the broker answers again.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                // Once for an outage, however long it lasts.
                if (!_isBlind)
                    _logger.UnroutableNotSeen(e.Message);
                _isBlind = true;
            }

            await Task.Delay(LookEvery, _time, stoppingToken);
        }
    }

    private static IEnumerable<Measurement<long>> Measure(DateTimeOffset? at) => at is { } instant ? [new(instant.ToUnixTimeSeconds())] : [];
}
