using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Log;

/// <summary>Brings into memory what others have committed: looks when woken, and every 50 ms for other processes.</summary>
internal sealed class LogFollower(LogReader reader, LogTail tail, TimeProvider time, ILogger<LogFollower> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private const int Page = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var events = new List<LoggedEvent>(Page);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                tail.Looking();
                await FollowAsync(events, stoppingToken);
                await Task.WhenAny(tail.BehindAsync(), Task.Delay(LookEvery, time, stoppingToken));
            }
#pragma warning disable CA1031 // The edge of a loop that must not end silently.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.FollowFailed(e);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    private async Task FollowAsync(List<LoggedEvent> events, CancellationToken cancellationToken)
    {
        if (tail.Head < 0)
        {
            var (sequence, recordedAt) = await reader.NewestAsync(cancellationToken);
            tail.StartAfter(sequence, recordedAt);
        }

        do
        {
            events.Clear();
            await reader.ReadFromDatabaseAsync(tail.Head, tail.HeadRecordedAt, events, Page, cancellationToken);
            tail.Append(events);
        }
        while (events.Count == Page);
    }
}
