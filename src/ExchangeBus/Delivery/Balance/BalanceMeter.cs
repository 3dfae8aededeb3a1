using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Delivery.Balance;

/// <summary>
/// The balances as metrics of meter <c>ExchangeBus</c>: <c>exchangebus.delivery.events</c> by subscription and outcome, and <c>exchangebus.delivery.imbalance</c>,
/// which is 0 unless something got lost. Read every 15 s, so that whoever scrapes asks the database nothing.
/// </summary>
internal sealed class BalanceMeter : BackgroundService
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(15);

    private readonly DeliveryBalances _balances;
    private readonly TimeProvider _time;
    private readonly ILogger<BalanceMeter> _logger;
    private readonly Meter _meter;
    private IReadOnlyList<DeliveryBalance> _read = [];

    public BalanceMeter(DeliveryBalances balances, IMeterFactory meters, TimeProvider time, ILogger<BalanceMeter> logger)
    {
        (_balances, _time, _logger) = (balances, time, logger);
        _meter = meters.Create("ExchangeBus");
        _meter.CreateObservableGauge("exchangebus.delivery.events", () => Volatile.Read(ref _read).SelectMany(Measure), "{event}", "What became of the events of the log, by subscription");
        _meter.CreateObservableGauge("exchangebus.delivery.imbalance", () => Volatile.Read(ref _read).Count(b => !b.IsBalanced), "{subscription}", "Subscriptions whose sum is wrong");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                Volatile.Write(ref _read, await _balances.ReadAsync(null, null, stoppingToken));
            }
#pragma warning disable CA1031 // The edge of a loop that must not end: metrics come back with the database.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                _logger.BalanceNotRead(e.Message);
            }

            await Task.Delay(ReadEvery, _time, stoppingToken);
        }
    }

    private static IEnumerable<Measurement<long>> Measure(DeliveryBalance balance)
    {
        (string Outcome, long Count)[] outcomes =
        [
            ("unmatched", balance.Unmatched), ("withheld", balance.Withheld), ("expired", balance.Expired), ("delivered", balance.Delivered), ("dead", balance.Dead), ("discarded", balance.Discarded),
            ("waiting", balance.Waiting), ("pending", balance.Pending),
        ];
        return outcomes.Select(o => new Measurement<long>(o.Count, new("subscription", balance.Subscription), new("outcome", o.Outcome)));
    }
}
