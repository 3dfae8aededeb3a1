using ExchangeBus.SampleAgencies.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Portal;

/// <summary>Citizens who come by themselves: some at once, then steadily.</summary>
internal sealed class DossierStream(PortalDesk desk, IOptions<PortalOptions> options, TimeProvider time, ILogger<DossierStream> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var due = (double)options.Value.Dossiers;
        var looked = time.GetTimestamp();
        while (due >= 1 || options.Value.Rate > 0)
        {
            try
            {
                if (due >= 1)
                    due -= (await desk.SubmitAsync((int)due, stoppingToken)).Count;
                await Task.Delay(Tick, time, stoppingToken);
                due += options.Value.Rate * time.GetElapsedTime(looked).TotalSeconds;
            }
            catch (NpgsqlException e)
            {
                // Nobody queues while the portal is away: what was due then is not made up for.
                logger.StreamPauses(e.Message);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }

            looked = time.GetTimestamp();
        }
    }
}
