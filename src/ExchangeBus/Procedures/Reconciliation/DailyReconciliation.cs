using ExchangeBus.Procedures.Clock;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>Compares once each day, from its time of the day on, however many nodes look; and asks again where that is safe.</summary>
internal sealed class DailyReconciliation(
    Reconciler reconciler, GapResending resending, IOptions<ReconciliationOptions> options, TimeProvider time, ILogger<DailyReconciliation> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);
    private DateOnly _done;

    /// <summary>The day whose comparison is due; null before its time of the day.</summary>
    internal static DateOnly? DueDay(DateTimeOffset now, TimeOnly at) => TimeOnly.FromTimeSpan(now.ToOffset(Vietnam).TimeOfDay) >= at ? TimeScale.DayOf(now) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (DueDay(time.GetUtcNow(), options.Value.At) is { } day && day != _done)
                    await CompareAsync(day, stoppingToken);
                await resending.TryAsync(TimeScale.DayOf(time.GetUtcNow()), stoppingToken);
            }
#pragma warning disable CA1031 // The edge of a loop that must not end: gaps would not be found any more.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.ReconciliationFailed(e);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private async Task CompareAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var (run, isBehind) = await reconciler.RunAsync(day, askedBy: null, cancellationToken);
        if (isBehind)
            return;
        _done = day;
        if (run is not null)
            logger.Reconciled(run.Compared, run.Found, run.Closed);
    }
}
