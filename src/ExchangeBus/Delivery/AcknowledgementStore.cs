using Dapper;
using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions.Rules;
using Npgsql;

namespace ExchangeBus.Delivery;

/// <summary>Takes the subscribers' words.</summary>
internal sealed class AcknowledgementStore(NpgsqlDataSource dataSource, LogReader log, DeliveryRules rules, TimeProvider time)
{
    // A webhook's word is its answer. A word that does not connect with the one before says that something in between never arrived: deliver again.
    // A word beyond the log is about nothing that was ever delivered.
    private const string Take = """
        with word as (
            select p.subscription, p.partition, p.acknowledged, @Sequence as sequence, @After as after
            from delivery_position p join subscription s on s.name = p.subscription and s.agency = @Agency and s.way <> 'webhook'
            where p.subscription = @Subscription and p.partition = @Partition
              and @Sequence <= (select sequence from log_newest)
            for update of p
        ), reached as (
            -- After the row is locked: a dead letter that was kept meanwhile is seen.
            select w.subscription, w.partition, w.after <= w.acknowledged as connects,
                   case when w.after <= w.acknowledged then past_dead_letters(w.subscription, w.partition, greatest(w.acknowledged, w.sequence)) else w.acknowledged end as acknowledged
            from word w
        ), receipt as (
            insert into delivery_receipt (subscription, partition, sequence, received_at)
            select subscription, partition, sequence, @Now from word where after <= acknowledged and sequence > acknowledged
            on conflict do nothing
        )
        update delivery_position p
        set acknowledged = r.acknowledged,
            delivered = case when r.connects then greatest(p.delivered, r.acknowledged) else p.delivered end,
            read = case when r.connects then greatest(p.read, r.acknowledged) else p.read end,
            acknowledged_at = case when r.connects then @Now else p.acknowledged_at end,
            redeliver = p.redeliver or not r.connects
        from reached r where p.subscription = r.subscription and p.partition = r.partition
        returning r.connects
        """;

    // Nothing is missing when an acknowledgement that was still under way has arrived meanwhile.
    private const string ReportGap = """
        update delivery_position p set redeliver = p.redeliver or p.acknowledged < @Missing
        from subscription s
        where s.name = p.subscription and s.agency = @Agency and s.way <> 'webhook' and p.subscription = @Subscription and p.partition = @Partition
        returning p.acknowledged, p.acknowledged < @Missing as redelivers
        """;

    /// <summary>Whether a system may speak for a subscription; true also of one that nobody knows, which is answered as such.</summary>
    internal bool MaySpeak(AgencySystem system, string subscription) => rules.Current.Find(subscription) is not { } found || found.IsOf(system);

    /// <summary>Null when the agency has no such subscription.</summary>
    internal async Task<GapAnswer?> ReportGapAsync(string agency, DeliveryGap gap, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<GapAnswer>(new CommandDefinition(
            ReportGap, new { Agency = agency, gap.Subscription, Partition = (short)gap.Partition, gap.Missing }, cancellationToken: cancellationToken));
    }

    private const string SelectAcknowledged = """
        select acknowledged from delivery_position where subscription = @Subscription and partition = @Partition
        """;

    /// <summary>How far a subscriber has come; 0 when it is not known.</summary>
    internal async Task<long> AcknowledgedAsync(string subscription, int partition, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<long>(new CommandDefinition(
            SelectAcknowledged, new { Subscription = subscription, Partition = (short)partition }, cancellationToken: cancellationToken));
    }

    /// <summary>
    /// True when it was taken, false when it does not connect, null when the agency has no such subscription, or no delivery of its partition has this position.
    /// </summary>
    internal async Task<bool?> TakeAsync(string agency, Acknowledgement word, CancellationToken cancellationToken)
    {
        if (!await IsDeliveryAsync(word, cancellationToken))
            return null;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<bool?>(new CommandDefinition(Take, new
        {
            Agency = agency,
            word.Subscription,
            Partition = (short)word.Partition,
            word.After,
            word.Sequence,
            Now = time.GetUtcNow(),
        }, cancellationToken: cancellationToken));
    }

    /// <summary>
    /// Whether the position is that of an event which this partition gets: a word about another one would cover what was never delivered. An event that has
    /// left the log was acknowledged by all before it went.
    /// </summary>
    private async Task<bool> IsDeliveryAsync(Acknowledgement word, CancellationToken cancellationToken)
    {
        var found = new List<LoggedEvent>(1);
        await log.ReadAsync(word.Sequence - 1, DateTimeOffset.MinValue, found, 1, cancellationToken);
        if (found is not [var logged] || logged.Sequence != word.Sequence)
            return true;
        if (WasFor(word, logged))
            return true;
        // A change of the rules may have reached another node first.
        await rules.RefreshAsync(cancellationToken);
        return WasFor(word, logged);
    }

    private bool WasFor(Acknowledgement word, LoggedEvent logged) => rules.Current.Find(word.Subscription) is not { } subscription
        || (logged.Lane % subscription.Subscription.Partitions == word.Partition && subscription.JudgeThen(logged).Kind == RulingKind.Deliver);
}
