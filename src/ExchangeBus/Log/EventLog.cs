using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Log;

/// <summary>
/// :: Step 3 of the walk. Group commit: all events that wait share one insert and one flush to disk.
/// An event is accepted when its transaction is committed, not before.
/// </summary>
internal sealed class EventLog(NpgsqlDataSource dataSource, LogTail tail, ILogger<EventLog> logger) : BackgroundService
{
    private const int MaxBatch = 500;
    private const int MaxBatchBytes = 8 * 1024 * 1024;
    private const int MaxWaiting = 10_000;

    private const string SelectAccepted = """
        select i.event_key, i.sequence, i.recorded_at, e.data_hash
        from event_identity i join event_log e on e.sequence = i.sequence and e.recorded_at = i.recorded_at
        where i.event_key = any($1)
        """;

    private readonly Channel<Waiting[]> _waiting = Channel.CreateUnbounded<Waiting[]>(new UnboundedChannelOptions { SingleReader = true });
    private int _waitingEvents;

    /// <summary>
    /// Appends events in their order, in one transaction: all are on disk, or none is and all may be sent again. Otherwise an event
    /// that was sent again could come to stand after a later one of the same citizen.
    /// </summary>
    /// <returns>One task for each event; a <see cref="NotStorableException"/> concerns that event alone.</returns>
    /// <exception cref="LogUnavailableException">Too many are waiting. From the tasks: PostgreSQL does not answer. Sending again is safe.</exception>
    internal Task<Appended>[] Append(IReadOnlyList<NewEvent> events)
    {
        if (events.Count == 0)
            return [];
        if (Interlocked.Add(ref _waitingEvents, events.Count) > MaxWaiting + events.Count)
        {
            Interlocked.Add(ref _waitingEvents, -events.Count);
            throw new LogUnavailableException("Too many events are waiting for the log.");
        }

        var unit = events.Select(e => new Waiting(e)).ToArray();
        if (!_waiting.Writer.TryWrite(unit))
            throw new LogUnavailableException("The log is being closed.");
        return Array.ConvertAll(unit, w => w.Done.Task);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(MaxBatch);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            var bytes = 0;
            while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _waiting.Reader.TryRead(out var unit))
            {
                batch.AddRange(unit);
                bytes += unit.Sum(w => w.Event.Event.Data.Length);
            }

            await CommitOrFailAsync(batch);
            Interlocked.Add(ref _waitingEvents, -batch.Count);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What is waiting is still committed; nobody can come after this.
        _waiting.Writer.TryComplete();
        if (ExecuteTask is not null)
            await ExecuteTask.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    /// <summary>False when the log was not available.</summary>
    private async Task<bool> CommitOrFailAsync(List<Waiting> batch)
    {
        try
        {
            await CommitAsync(batch);
            return true;
        }
        catch (PostgresException e) when (!e.IsTransient && batch.Count == 1)
        {
            // Sending this one again would not help.
            logger.NotStorable(e.SqlState);
            batch[0].Done.TrySetException(new NotStorableException(e.SqlState, e));
            return true;
        }
        catch (PostgresException e) when (!e.IsTransient)
        {
            return await CommitOneByOneAsync(batch);
        }
#pragma warning disable CA1031 // Whatever it was, each sender must get an answer, and the next batch its turn.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.CommitFailed(batch.Count, e);
            Fail(batch, e);
            return false;
        }
    }

    // One event that the database will not take must not fail its neighbours.
    private async Task<bool> CommitOneByOneAsync(List<Waiting> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (!await CommitOrFailAsync([batch[i]]))
            {
                // Those that follow are not tried: they would come to stand before this one.
                Fail(batch.Skip(i + 1), null);
                return false;
            }
        }

        return true;
    }

    private static void Fail(IEnumerable<Waiting> batch, Exception? cause)
    {
        foreach (var waiting in batch)
            waiting.Done.TrySetException(new LogUnavailableException("PostgreSQL did not take the event.", cause));
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        var first = batch.DistinctBy(w => w.Event.Key).Select(w => w.Event).ToArray();
        var places = await InsertAsync(first);

        var logged = new List<LoggedEvent>(first.Length);
        foreach (var newEvent in first)
        {
            if (places.TryGetValue(newEvent.Key, out var place))
                logged.Add(LoggedEvent.From(newEvent, place.Sequence, place.RecordedAt));
        }

        tail.Append(logged);
        var earlier = places.Count < batch.Count ? await FindAsync(batch.Select(w => w.Event.Key)) : [];
        foreach (var waiting in batch)
        {
            // Taken out, so that a second copy in the same batch is answered as the duplicate it is.
            if (places.Remove(waiting.Event.Key, out var place))
                waiting.Done.TrySetResult(new Appended(place.Sequence, place.RecordedAt, Duplicate: false, SameData: true));
            else
                waiting.Done.TrySetResult(earlier[waiting.Event.Key] with { SameData = earlier[waiting.Event.Key].DataHash.AsSpan().SequenceEqual(waiting.Event.DataHash) });
        }
    }

    private async Task<Dictionary<Guid, (long Sequence, DateTimeOffset RecordedAt)>> InsertAsync(NewEvent[] events)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        AppendStatement.AddTo(batch, events);
        await using var reader = await batch.ExecuteReaderAsync();
        while (reader.FieldCount != 3)
            await reader.NextResultAsync();
        var places = new Dictionary<Guid, (long, DateTimeOffset)>(events.Length);
        while (await reader.ReadAsync())
            places.Add(reader.GetGuid(0), (reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return places;
    }

    private async Task<Dictionary<Guid, Appended>> FindAsync(IEnumerable<Guid> keys)
    {
        await using var command = dataSource.CreateCommand(SelectAccepted);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. keys] });
        await using var reader = await command.ExecuteReaderAsync();
        var found = new Dictionary<Guid, Appended>();
        while (await reader.ReadAsync())
            found.Add(reader.GetGuid(0), new Appended(reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), Duplicate: true, SameData: true) { DataHash = reader.GetFieldValue<byte[]>(3) });
        return found;
    }

    private sealed record Waiting(NewEvent Event)
    {
        internal TaskCompletionSource<Appended> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
