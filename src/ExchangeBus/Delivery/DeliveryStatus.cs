using Dapper;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Npgsql;

namespace ExchangeBus.Delivery;

/// <summary>Where one event stands with one subscription.</summary>
/// <param name="Subscription">Name of the subscription.</param>
/// <param name="State">
/// <c>waiting</c> in the log, <c>delivered</c> to its queue, <c>acknowledged</c> by the subscriber, <c>dead</c>, <c>discarded</c>, <c>withheld</c> because no
/// agreement permits it, or <c>expired</c> because it waited for a webhook when the subscription ended.
/// </param>
/// <param name="AcknowledgedAt">When the subscriber's word that covers this event came; the receipt in law.</param>
/// <param name="Agreement">The agreement under which it leaves, or the one that came closest.</param>
/// <param name="AgreementVersion">Its version that holds at the event's place.</param>
/// <param name="Released">The fields that leave: pointers of the schema, or one empty pointer for the whole body. Null when nothing leaves.</param>
/// <param name="Rule">The rule that withholds it; null when none does.</param>
public sealed record DeliveryState(
    string Subscription, string State, DateTimeOffset? AcknowledgedAt, string? Agreement, int? AgreementVersion, IReadOnlyList<string>? Released, string? Rule);

/// <summary>Answers "who has it, and what of it".</summary>
internal sealed class DeliveryStatus(NpgsqlDataSource dataSource, LogReader log, DeliveryRules rules)
{
    private const string SelectEvent = """
        select sequence, type, source, id, recorded_at as recordedat from event_log where sequence = @Sequence and (@Source is null or source = @Source)
        """;

    // A word that reaches over a dead letter is no receipt for it. The position of a webhook goes over what waits: its receipt is no receipt for that, and what was
    // answered late has one of its own.
    private const string SelectStates = """
        select s.subscription,
               case when d.discarded_at is not null then 'discarded'
                    when d.redriven_at is null and d.sequence is not null then 'dead'
                    when d.sequence is not null then 'delivered'
                    when w.sequence is not null then 'waiting'
                    when x.sequence is not null then 'expired'
                    when p.acknowledged >= @Sequence then 'acknowledged'
                    when p.delivered >= @Sequence then 'delivered'
                    else 'waiting' end as state,
               coalesce(l.received_at, (
                   select r.received_at from delivery_receipt r
                   where d.sequence is null and w.sequence is null and x.sequence is null and r.subscription = p.subscription and r.partition = p.partition and r.sequence >= @Sequence
                   order by r.sequence limit 1)) as acknowledgedat
        from unnest(@Subscriptions::text[], @Partitions::smallint[]) as s (subscription, partition)
        join delivery_position p on p.subscription = s.subscription and p.partition = s.partition
        left join dead_letter d on d.subscription = s.subscription and d.sequence = @Sequence
        left join waiting_delivery w on w.subscription = s.subscription and w.sequence = @Sequence
        left join expired_delivery x on x.subscription = s.subscription and x.sequence = @Sequence
        left join late_delivery l on l.subscription = s.subscription and l.sequence = @Sequence
        order by s.subscription
        """;

    /// <summary>Null when there is no such event, or it is not one of <paramref name="source"/>.</summary>
    internal async Task<EventDeliveries?> FindAsync(long sequence, string? source, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var found = await connection.QuerySingleOrDefaultAsync<EventRow>(
            new CommandDefinition(SelectEvent, new { Sequence = sequence, Source = source }, cancellationToken: cancellationToken));
        if (found is null || await log.FindAsync(sequence, found.RecordedAt, cancellationToken) is not { } logged)
            return null;

        await rules.RefreshAsync(cancellationToken);
        var rulings = rules.Current.Subscriptions.Values
            .Select(s => (s.Subscription, Ruling: s.Judge(logged))).Where(r => r.Ruling.Kind is RulingKind.Deliver or RulingKind.Withheld).ToDictionary(r => r.Subscription.Name);
        var states = await StatesAsync(logged, [.. rulings.Values.Select(r => r.Subscription)], cancellationToken);
        return new EventDeliveries(found.Sequence, found.Type, found.Source, found.Id, found.RecordedAt, [.. states.Select(row => Of(row, rulings[row.Subscription].Ruling))]);
    }

    /// <summary>Where an event stands with a subscription that gets it.</summary>
    internal async Task<StateRow> StateOfAsync(Subscription subscription, LoggedEvent logged, CancellationToken cancellationToken) =>
        (await StatesAsync(logged, [subscription], cancellationToken)).Single();

    /// <summary>Where an event stands with subscriptions that get it.</summary>
    internal async Task<IEnumerable<StateRow>> StatesAsync(LoggedEvent logged, IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync<StateRow>(new CommandDefinition(SelectStates, new
        {
            logged.Sequence,
            Subscriptions = subscriptions.Select(s => s.Name).ToArray(),
            Partitions = subscriptions.Select(s => (short)(logged.Lane % s.Partitions)).ToArray(),
        }, cancellationToken: cancellationToken));
    }

    private static DeliveryState Of(StateRow row, Ruling ruling) => new(
        row.Subscription, ruling.Kind == RulingKind.Withheld ? "withheld" : row.State, ruling.Kind == RulingKind.Withheld ? null : row.AcknowledgedAt,
        ruling.Agreement?.Version.Agreement, ruling.Agreement?.Version.Version, ruling.Cut?.Released, ruling.Rule);

    private sealed record EventRow(long Sequence, string Type, string Source, string Id, DateTimeOffset RecordedAt);

    /// <summary>Where an event stands with one subscription, by its positions.</summary>
    internal sealed record StateRow(string Subscription, string State, DateTimeOffset? AcknowledgedAt);
}

/// <summary>An event and where it stands with each subscription that asks for it.</summary>
/// <param name="Sequence">Position in the log.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Source">CloudEvents source.</param>
/// <param name="Id">CloudEvents id.</param>
/// <param name="RecordedTime">When it was accepted.</param>
/// <param name="Deliveries">One entry for each subscription that asks for it.</param>
public sealed record EventDeliveries(
    long Sequence, string Type, string Source, string Id, DateTimeOffset RecordedTime, IReadOnlyList<DeliveryState> Deliveries);
