using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Subscriptions.Expiry;

/// <summary>
/// Looks every 5 s for subscriptions and agreements whose own date has come, and says so in the log, to the agency that receives and to the owner of the data. The id of
/// each event is made of the thing and its date, and what was said is kept for longer than the log: however many nodes look, it is said once. A date that is changed to a later
/// one is another date.
/// </summary>
internal sealed class ExpirySweep(NpgsqlDataSource dataSource, RuleChange bus, OrderKeys orderKeys, LogTail tail, TimeProvider time, ILogger<ExpirySweep> logger) : BackgroundService
{
    private const int Page = 500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // The last day of an agreement ends at midnight in Vietnam. One that was never in force does not expire.
    private const string SelectDue = """
        select d.kind, d.name, d.agency, d.owner, d.version, d.at
        from (
            select 'subscription' as kind, s.name, s.agency, s.agency as owner, v.version, (v.terms ->> 'expiresAt')::timestamptz as at
            from subscription s
            cross join lateral (select version, state, terms from subscription_version where subscription = s.name order by version desc limit 1) v
            where v.state <> 'ended'
            union all
            select 'agreement', a.id, a.agency, a.owner, v.version, ((v.terms ->> 'validUntil')::date + 1)::timestamp at time zone interval '7 hours'
            from agreement a
            cross join lateral (select version, state, terms from agreement_version where agreement = a.id order by version desc limit 1) v
            where v.state in ('active', 'suspended')) d
        where d.at <= @Now and not exists (select 1 from announced_expiry e where e.kind = d.kind and e.name = d.name and e.expired_at = d.at)
        order by d.at limit @Page
        """;

    private const string Remember = """
        insert into announced_expiry (kind, name, expired_at, announced_at)
        select k, n, e, @Now from unnest(@Kinds, @Names, @ExpiredAts) as d (k, n, e)
        on conflict do nothing
        """;

    /// <summary>Says what has expired by now and was not said yet.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var due = (await connection.QueryAsync<Due>(new CommandDefinition(SelectDue, new { Now = time.GetUtcNow(), Page }, cancellationToken: cancellationToken))).AsList();
        if (due.Count == 0)
            return;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            AppendStatement.AddTo(batch, [.. due.SelectMany(EventsOf).Select(e => NewEvent.From(e, orderKeys))]);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await connection.ExecuteAsync(new CommandDefinition(Remember, new
        {
            Kinds = due.Select(d => d.Kind).ToArray(),
            Names = due.Select(d => d.Name).ToArray(),
            ExpiredAts = due.Select(d => d.At.ToUniversalTime()).ToArray(),
            Now = time.GetUtcNow(),
        }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        tail.Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (QueueWorker.IsTransient(e) && !stoppingToken.IsCancellationRequested)
            {
                logger.ExpiryNotSaid(e.Message);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private IEnumerable<CloudEvent> EventsOf(Due due)
    {
        // What the configuration agreed has the bus for its owner, and the bus subscribes to nothing.
        foreach (var told in new[] { due.Agency, due.Owner }.Distinct().Where(a => a != Subscription.BusAgency))
        {
            var data = new JsonObject { [due.Kind] = due.Name, ["version"] = due.Version, ["agency"] = due.Agency };
            if (due.IsAgreement)
                data["owner"] = due.Owner;
            data["expiredAt"] = due.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
            yield return bus.Announce(due.IsAgreement ? EventTypes.AgreementExpired : EventTypes.SubscriptionExpired, due.Name, told, data) with
            {
                Id = $"{due.Kind}-expired-{due.Name}-{due.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}-{told}",
            };
        }
    }

    private sealed record Due(string Kind, string Name, string Agency, string Owner, int Version, DateTimeOffset At)
    {
        internal bool IsAgreement => Kind == "agreement";
    }
}
