using Dapper;
using ExchangeBus.Contracts;
using Npgsql;

namespace ExchangeBus.Log;

/// <summary>An event that waits for a person.</summary>
/// <param name="Position">Its number in the queue of people.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Source">CloudEvents source.</param>
/// <param name="Id">CloudEvents id.</param>
/// <param name="Subject">Dossier or record number.</param>
/// <param name="HeldAt">Since when it waits.</param>
/// <param name="Reasons">What a person must judge, as JSON; null when it waits behind another one of the same order key.</param>
/// <param name="Behind">The position that must be decided first; null when it is the first.</param>
internal sealed record HeldEvent(long Position, string Type, string Source, string Id, string? Subject, DateTimeOffset HeldAt, string? Reasons, long? Behind);

/// <summary>What a decision did to one event.</summary>
internal sealed record DecidedEvent(string Source, string Id, byte[] DataHash, Placed? Place);

/// <summary>What a decision came to: nothing waits there, another one must be decided first, or the events that it concerns.</summary>
internal sealed record DecisionResult(bool Found, long? First, IReadOnlyList<DecidedEvent> Events);

/// <summary>The queue of people: what is kept apart, and what becomes of it.</summary>
internal sealed class HeldEvents(NpgsqlDataSource dataSource, LogTail tail)
{
    private const int Portion = 200;

    private const string SelectWaiting = """
        select h.position, h.type, h.source, h.id, h.subject, h.held_at as heldat, h.reasons::text as reasons,
               (select min(b.position) from held_event b where b.order_key = h.order_key and b.position < h.position and b.decided_at is null) as behind
        from held_event h where h.decided_at is null and h.position > @After order by h.position limit @Limit
        """;

    private const string SelectNewestOf = """
        select decision, reasons::text as reasons from held_event where source = @Source and id = @Id order by position desc limit 1
        """;

    private const string SelectSameOrderKey = """
        select h.position, h.event_key as key, h.lane, h.order_key as orderkey, h.source, h.id, h.data_hash as datahash, h.envelope, h.data,
               h.reasons is not null as hasreasons
        from held_event h
        where h.decided_at is null and h.order_key = (select order_key from held_event where position = @Position and decided_at is null)
        order by h.position limit @Limit
        """;

    private const string Decide = """
        update held_event set decided_at = clock_timestamp(), decision = @Decision, decided_by = @By, note = @Note where position = any(@Positions)
        """;

    internal async Task<IReadOnlyList<HeldEvent>> WaitingAsync(long after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<HeldEvent>(new CommandDefinition(
            SelectWaiting, new { After = after, Limit = limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>What became of an event that was held: the decision, null while it waits, and why it was held; null when it never was.</summary>
    internal async Task<(string? Decision, string? Reasons)?> FindAsync(string source, string id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(string?, string?)>(new CommandDefinition(
            SelectNewestOf, new { Source = source, Id = id }, cancellationToken: cancellationToken))).Select(r => ((string?, string?)?)r).FirstOrDefault();
    }

    /// <summary>
    /// Releases an event into the log, or refuses it. What only waited behind it follows, up to the next one that a person must judge; in
    /// portions, so that the log's lock is never held for long.
    /// </summary>
    internal async Task<DecisionResult> DecideAsync(
        long position, bool release, string by, string? note, Func<CloudEvent, IReadOnlyList<BusinessKey>> businessKeysOf, CancellationToken cancellationToken)
    {
        var result = await DecidePortionAsync(position, release, by, note, businessKeysOf, cancellationToken);
        var (all, next) = (result.Decided.Events.ToList(), result.Next);
        while (next is { } follower)
        {
            var portion = await DecidePortionAsync(follower, release: true, by, null, businessKeysOf, cancellationToken);
            all.AddRange(portion.Decided.Events);
            next = portion.Next;
        }

        return result.Decided with { Events = all };
    }

    private async Task<(DecisionResult Decided, long? Next)> DecidePortionAsync(
        long position, bool release, string by, string? note, Func<CloudEvent, IReadOnlyList<BusinessKey>> businessKeysOf, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Under the log's lock, so that nobody adds behind this order key meanwhile.
        await connection.ExecuteAsync(new CommandDefinition(AppendStatement.LockLog, transaction: transaction, cancellationToken: cancellationToken));
        var same = (await connection.QueryAsync<HeldRow>(new CommandDefinition(
            SelectSameOrderKey, new { Position = position, Limit = Portion + 1 }, transaction, cancellationToken: cancellationToken))).AsList();
        if (same.Count == 0)
            return (new DecisionResult(false, null, []), null);
        if (same[0].Position != position)
            return (new DecisionResult(true, same[0].Position, []), null);

        var followers = same.Take(Portion).Skip(1).TakeWhile(h => !h.HasReasons).ToList();
        List<HeldRow> released = release ? [same[0], .. followers] : followers;
        await connection.ExecuteAsync(new CommandDefinition(
            Decide, new { Decision = release ? "released" : "refused", By = by, Note = note, Positions = new[] { position } }, transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            Decide, new { Decision = "released", By = by, Note = (string?)null, Positions = followers.Select(f => f.Position).ToArray() }, transaction, cancellationToken: cancellationToken));
        var places = await AppendAsync(connection, transaction, released.ConvertAll(h => h.ToNewEvent(businessKeysOf)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        tail.Wake();
        var decided = new DecisionResult(true, null, [.. followers.Prepend(same[0]).Select(h => new DecidedEvent(h.Source, h.Id, h.DataHash, places.GetValueOrDefault(h.Key)))]);
        return (decided, same.Count > Portion && followers.Count == Portion - 1 && !same[Portion].HasReasons ? same[Portion].Position : null);
    }

    private static async Task<Dictionary<Guid, Placed>> AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, List<NewEvent> released, CancellationToken cancellationToken)
    {
        var places = new Dictionary<Guid, Placed>();
        if (released.Count == 0)
            return places;
        await using var batch = new NpgsqlBatch(connection, transaction);
        AppendStatement.AddTo(batch, released);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (!AppendStatement.HasPlaces(reader))
            await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            AppendStatement.ReadPlace(reader, places);
        return places;
    }
}
