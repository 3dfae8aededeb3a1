using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Log;

/// <summary>
/// :: Step 3 of the walk. Group commit: all events that wait share one insert and one flush to disk.
/// An event is accepted when its transaction is committed, not before.
/// </summary>
internal sealed class EventLog(NpgsqlDataSource dataSource, LogTail tail, TimeProvider time, ILogger<EventLog> logger) : BackgroundService
{
    private const int MaxBatch = 500;
    private const int MaxBatchBytes = 8 * 1024 * 1024;
    private const int MaxWaiting = 10_000;

    private const string SelectAccepted = """
        select event_key, sequence, recorded_at, data_hash from event_log where event_key = any($1)
        """;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Appends one event and waits until it is on disk.</summary>
    /// <exception cref="LogUnavailableException">Too many are waiting, or PostgreSQL does not answer; sending again is safe.</exception>
    internal Task<Appended> AppendAsync(NewEvent newEvent)
    {
        var waiting = new Waiting(newEvent);
        if (!_waiting.Writer.TryWrite(waiting))
            throw new LogUnavailableException("Too many events are waiting for the log.");
        return waiting.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(MaxBatch);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            var bytes = 0;
            while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _waiting.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
                bytes += waiting.Event.Event.Data.Length;
            }

            await CommitOrFailAsync(batch);
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

    private async Task CommitOrFailAsync(List<Waiting> batch)
    {
        try
        {
            await CommitAsync(batch);
        }
        catch (PostgresException e) when (!e.IsTransient && batch.Count > 1)
        {
            // One event that the database will not take must not fail its neighbours.
            foreach (var waiting in batch)
                await CommitOrFailAsync([waiting]);
        }
#pragma warning disable CA1031 // Whatever it was, each sender must get an answer, and the next batch its turn.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.CommitFailed(batch.Count, e);
            foreach (var waiting in batch)
                waiting.Done.TrySetException(new LogUnavailableException("PostgreSQL did not take the event.", e));
        }
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        var recordedAt = time.GetUtcNow();
        var first = batch.DistinctBy(w => w.Event.Key).Select(w => w.Event).ToArray();
        var envelopes = Array.ConvertAll(first, e => AppendStatement.EnvelopeOf(e, recordedAt));
        var sequences = await InsertAsync(first, envelopes, recordedAt);

        var logged = new List<LoggedEvent>(first.Length);
        for (var i = 0; i < first.Length; i++)
        {
            if (sequences.TryGetValue(first[i].Key, out var sequence))
                logged.Add(LoggedEvent.From(first[i], envelopes[i], sequence, recordedAt));
        }

        tail.Append(logged);
        var earlier = sequences.Count < batch.Count ? await FindAsync(batch.Select(w => w.Event.Key)) : [];
        foreach (var waiting in batch)
        {
            // Taken out, so that a second copy in the same batch is answered as the duplicate it is.
            if (sequences.Remove(waiting.Event.Key, out var sequence))
                waiting.Done.TrySetResult(new Appended(sequence, recordedAt, Duplicate: false, SameData: true));
            else
                waiting.Done.TrySetResult(earlier[waiting.Event.Key] with { SameData = earlier[waiting.Event.Key].DataHash.AsSpan().SequenceEqual(waiting.Event.DataHash) });
        }
    }

    private async Task<Dictionary<Guid, long>> InsertAsync(NewEvent[] events, byte[][] envelopes, DateTimeOffset recordedAt)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        AppendStatement.AddTo(batch, events, envelopes, recordedAt);
        await using var reader = await batch.ExecuteReaderAsync();
        while (reader.FieldCount != 2)
            await reader.NextResultAsync();
        var sequences = new Dictionary<Guid, long>(events.Length);
        while (await reader.ReadAsync())
            sequences.Add(reader.GetGuid(0), reader.GetInt64(1));
        return sequences;
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
