using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Log;

/// <summary>Drops the days that are older than the retention and that nobody needs any more; looks at start and every hour.</summary>
internal sealed class LogRetention(LogDays days, IEnumerable<ILogConsumer> consumers, IOptions<LogOptions> options, TimeProvider time, ILogger<LogRetention> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            try
            {
                await DropOldDaysAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The edge of a loop that must not end silently: a day is dropped an hour later.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.DaysNotDropped(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task DropOldDaysAsync(CancellationToken cancellationToken)
    {
        var old = await days.OlderThanAsync(options.Value.RetentionDays, cancellationToken);
        if (old.Count == 0)
            return;
        var done = long.MaxValue;
        foreach (var consumer in consumers)
            done = Math.Min(done, await consumer.DoneUpToAsync(cancellationToken));
        foreach (var day in old)
        {
            if (!await days.DropAsync(day, done, cancellationToken))
            {
                // The days after it are newer, and needed all the more.
                logger.DayKept(day);
                return;
            }

            logger.DayDropped(day);
        }
    }
}
