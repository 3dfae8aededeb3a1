using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Delivery;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions;
using Npgsql;

namespace ExchangeBus.Procedures.Corrections;

/// <summary>Reads corrections for officers.</summary>
internal sealed class CorrectionStore(NpgsqlDataSource dataSource, LogStore log, DeliveryStatus deliveries, TimeProvider time)
{
    private const string Select = """
        select c.source, c.id, c.type, c.sequence, c.recorded_at as recordedat, c.record as registration, c.dossier_number as dossiernumber, c.told_at as toldat, c.due_at as dueat, c.lost,
               count(r.agency) as receivers, count(r.applied_recorded_at) as applied,
               count(r.agency) filter (where r.applied_recorded_at is null and c.due_at <= @Now) as late
        from correction c left join correction_receiver r on r.correction = c.event_key
        """;

    private const string Page = Select + """

        where (@Before::bigint is null or c.sequence < @Before)
        group by c.event_key
        having (@Open::boolean is null or @Open = (c.told_at is null or count(r.agency) > count(r.applied_recorded_at)))
           and (@Late::boolean is null or @Late = (count(r.agency) filter (where r.applied_recorded_at is null and c.due_at <= @Now) > 0))
        order by c.sequence desc limit @Limit
        """;

    private const string One = Select + " where c.event_key = @Key group by c.event_key";

    private const string FindKey = """
        select event_key from correction where (id = @Id or sequence::text = @Id) and (@Source::text is null or source = @Source) order by id = @Id desc, sequence desc limit 1
        """;

    private const string SelectEvents = "select sequence, recorded_at as recordedat, type, source, id from correction_event where correction = @Key order by sequence";

    private const string SelectDeliveries = "select agency, sequence, subscription, state from correction_delivery where correction = @Key order by sequence, subscription";

    private const string SelectReceivers = """
        select agency, told_at as toldat, told_event as toldevent, applied_at as appliedat, applied_recorded_at as appliedrecordedat, applied_source as appliedsource,
               applied_event as appliedevent, officer, result
        from correction_receiver where correction = @Key order by agency
        """;

    /// <summary>A page, the newest first; of all, or only of those that are open (somebody has not applied it), late, or not.</summary>
    internal async Task<CorrectionPage> PageAsync(bool? open, bool? late, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<CorrectionRow>(new CommandDefinition(
            Page, new { Open = open, Late = late, Before = before, Limit = limit + 1, Now = time.GetUtcNow() }, cancellationToken: cancellationToken))).AsList();
        return rows.Count > limit ? new CorrectionPage(rows[..limit], rows[limit - 1].Sequence) : new CorrectionPage(rows, null);
    }

    /// <summary>By the id of its event or its position; the newest when several sources have given the id. Null when there is none.</summary>
    internal async Task<CorrectionView?> FindAsync(string id, string? source, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(FindKey, new { Id = id, Source = source }, cancellationToken: cancellationToken)) is not { } key)
            return null;
        CommandDefinition Of(string sql) => new(sql, new { Key = key, Now = time.GetUtcNow() }, cancellationToken: cancellationToken);
        var correction = await connection.QuerySingleAsync<CorrectionRow>(Of(One));
        var received = (await connection.QueryAsync<(string Agency, long Sequence, string Subscription, string State)>(Of(SelectDeliveries)))
            .ToLookup(d => d.Agency, d => new ReceivedEvent(d.Sequence, d.Subscription, d.State));
        var receivers = new List<ReceiverView>();
        foreach (var row in (await connection.QueryAsync<Receiver>(Of(SelectReceivers))).AsList())
            receivers.Add(row.Read(correction.DueAt, time.GetUtcNow(), await ToldAsync(row.ToldEvent, cancellationToken), [.. received[row.Agency]]));
        return new CorrectionView(correction, (await connection.QueryAsync<WrongEvent>(Of(SelectEvents))).AsList(), receivers);
    }

    private async Task<IReadOnlyList<DeliveryState>> ToldAsync(string? toldEvent, CancellationToken cancellationToken) =>
        toldEvent is not null && await log.FindAsync(EventKey.Of(RuleChange.BusSource, toldEvent), cancellationToken) is { } stored
        && await deliveries.FindAsync(stored.Sequence, source: null, cancellationToken) is { } found ? found.Deliveries : [];

    private sealed record Receiver(
        string Agency, DateTimeOffset? ToldAt, string? ToldEvent, DateTimeOffset? AppliedAt, DateTimeOffset? AppliedRecordedAt, string? AppliedSource, string? AppliedEvent, string? Officer,
        string? Result)
    {
        internal ReceiverView Read(DateTimeOffset? dueAt, DateTimeOffset now, IReadOnlyList<DeliveryState> told, IReadOnlyList<ReceivedEvent> received)
        {
            var applied = AppliedRecordedAt is { } recorded ? new AppliedView(AppliedAt!.Value, recorded, AppliedSource!, AppliedEvent!, Officer, Result!) : null;
            var isLate = (AppliedRecordedAt ?? now) > dueAt;
            return new ReceiverView(Agency, applied is not null ? "applied" : isLate ? "late" : "told", isLate, ToldAt, ToldEvent, told, received, applied);
        }
    }
}
