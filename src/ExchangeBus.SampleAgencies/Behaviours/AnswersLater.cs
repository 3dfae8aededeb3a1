using ExchangeBus.SampleAgencies.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Behaviours;

/// <summary>Gives the answers that were kept, when they are due; for a registry that tells nothing it is the adapter that asks.</summary>
internal sealed class AnswersLater(KeptAnswers kept, IOptions<BehaviourOptions> options, TimeProvider time, ILogger<AnswersLater> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await kept.GiveDueAsync(stoppingToken);
                if (options.Value.PollOnly)
                    await kept.AskRegistryAsync(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                // What was kept stays kept.
                logger.AnswersWait(e.Message);
            }

            await Task.Delay(options.Value.PollOnly ? options.Value.PollEvery : LookEvery, time, stoppingToken);
        }
    }
}
