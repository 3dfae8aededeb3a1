using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Log;

/// <summary>Sees to it that there is always a partition to write into: before the first event, and every hour for a week ahead.</summary>
internal sealed class LogDaysAhead(LogDays days, TimeProvider time, ILogger<LogDaysAhead> logger) : BackgroundService
{
    private const int Ahead = 7;
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await days.CreateAheadAsync(Ahead, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await days.CreateAheadAsync(Ahead, stoppingToken);
            }
#pragma warning disable CA1031 // The edge of a loop that must not end silently; a week is time enough to look at it.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.DaysNotCreated(e);
            }
        }
    }
}
