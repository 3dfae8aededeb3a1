using System.Text.RegularExpressions;
using ExchangeBus.Agencies;
using ExchangeBus.Subscriptions.Agreements;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Subscriptions;

/// <summary>
/// Lets each broker user read exactly the queues of the subscriptions that its system may use now, and follows every change of an agreement: a suspended
/// or ended one takes the right away. A consumer that is connected already gets nothing more, because its queue is emptied and not filled.
/// </summary>
internal sealed class BrokerRights(BrokerUsers users, DeliveryRules rules, IOptions<AgenciesOptions> agencies, TimeProvider time, ILogger<BrokerRights> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _granting = new(1, 1);
    private readonly Dictionary<string, string> _granted = new(StringComparer.Ordinal);

    /// <summary>Brings the broker up to the rules of now; what has not changed is left alone.</summary>
    /// <returns>False when a user is not there yet.</returns>
    internal async Task<bool> GrantAsync(CancellationToken cancellationToken)
    {
        if (!users.CanManage)
            return true;
        var isComplete = true;
        await _granting.WaitAsync(cancellationToken);
        try
        {
            foreach (var agency in agencies.Value.Agencies)
            {
                foreach (var system in agency.Systems.Where(s => s.BrokerPassword is { Length: > 0 }))
                {
                    var user = $"{agency.Code}.{system.System}";
                    var queues = QueuesOf(agency.Code, system.System);
                    if (_granted.TryGetValue(user, out var before) && before == queues)
                        continue;
                    if (await users.GrantAsync(agency.Code, user, queues, cancellationToken))
                        _granted[user] = queues;
                    else
                        isComplete = false;
                }
            }

            return isComplete;
        }
        finally
        {
            _granting.Release();
        }
    }

    public override void Dispose()
    {
        _granting.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (users.CanManage && !stoppingToken.IsCancellationRequested)
        {
            var known = rules.Current;
            try
            {
                var isComplete = await GrantAsync(stoppingToken);
                // A user is made when the broker answers, maybe after this.
                await Task.WhenAny(rules.ChangedAsync(known), Task.Delay(isComplete ? LookAgain : AfterFailure, time, stoppingToken));
            }
#pragma warning disable CA1031 // The edge of a loop that must not end: a management API that hangs must not take the host with it.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.RightsNotGranted(e.Message);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    // Names of queues as a regular expression, as RabbitMQ wants permissions.
    private string QueuesOf(string agency, string system) => string.Join('|', rules.Current.Subscriptions.Values
        .Where(s => s.Subscription.Agency == agency && s.Subscription.Way == Way.Queue && s.Flow is Flow.Open or Flow.Paused)
        .Where(s => s.Current.Agreements.All(a => a.Current.Version.State != AgreementState.Ended && (a.Current.Version.Terms.System ?? system) == system))
        .SelectMany(s => Enumerable.Range(0, s.Subscription.Partitions).Select(s.Subscription.QueueOf)).Order(StringComparer.Ordinal).Select(Regex.Escape));
}
