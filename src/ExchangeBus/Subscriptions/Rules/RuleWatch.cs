using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Subscriptions.Rules;

/// <summary>
/// Keeps this node's rules at most a quarter of a second behind the database, for those who do not read the log at its end: whoever is far behind
/// must stop at once when an agreement is suspended.
/// </summary>
internal sealed class RuleWatch(DeliveryRules rules, TimeProvider time, ILogger<RuleWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private bool _isTold;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await rules.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(LookEvery, time, stoppingToken);
            try
            {
                await rules.RefreshAsync(stoppingToken);
                _isTold = false;
            }
#pragma warning disable CA1031 // The edge of a loop that must not end: a node that no longer hears of a suspension is worse than any error.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (!_isTold)
                    logger.RulesNotRead(e is NpgsqlException ? e.Message : e.ToString());
                _isTold = true;
            }
        }
    }
}
