using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Log;

/// <summary>
/// :: Step 3 of the walk. Group commit: all events that wait share one insert and one flush to disk.
/// An event is accepted when its transaction is committed, not before.
/// </summary>
internal sealed class EventLog(LogWriter writer, LogStore store, LogTail tail, ILogger<EventLog> logger) : BackgroundService
{
    private const int MaxBatch = 500;
    private const int MaxBatchBytes = 8 * 1024 * 1024;
    private const int MaxWaiting = 10_000;
    private const long MaxWaitingBytes = 64L * 1024 * 1024;

    private readonly BlockingCollection<Waiting[]> _waiting = [];
    private int _waitingEvents;
    private long _waitingBytes;

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
        // A full hall turns newcomers away, so that memory stays bounded however slow the database is.
        if (Volatile.Read(ref _waitingEvents) > MaxWaiting || Volatile.Read(ref _waitingBytes) > MaxWaitingBytes)
            throw new LogUnavailableException("Too many events are waiting for the log.");
        Interlocked.Add(ref _waitingEvents, events.Count);
        Interlocked.Add(ref _waitingBytes, BytesOf(events));

        var unit = events.Select(e => new Waiting(e)).ToArray();
        try
        {
            _waiting.Add(unit);
        }
        catch (InvalidOperationException e)
        {
            throw new LogUnavailableException("The log is being closed.", e);
        }

        return Array.ConvertAll(unit, w => w.Done.Task);
    }

    // A thread of its own that blocks: on the pool, each answer of the database would queue behind the requests that wait for it.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run()
    {
        var batch = new List<Waiting>(MaxBatch);
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.AddRange(first);
            var bytes = BytesOf(first.Select(w => w.Event));
            while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _waiting.TryTake(out var unit))
            {
                batch.AddRange(unit);
                bytes += BytesOf(unit.Select(w => w.Event));
            }

            CommitOrFail(batch);
            Interlocked.Add(ref _waitingEvents, -batch.Count);
            Interlocked.Add(ref _waitingBytes, -bytes);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What is waiting is still committed; nobody can come after this.
        _waiting.CompleteAdding();
        if (ExecuteTask is not null)
            await ExecuteTask.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _waiting.Dispose();
        base.Dispose();
    }

    // The events of one message share its original.
    private static long BytesOf(IEnumerable<NewEvent> unit)
    {
        var bytes = 0L;
        OriginalMessage? last = null;
        foreach (var newEvent in unit)
        {
            bytes += newEvent.Envelope.Length + newEvent.Event.Data.Length;
            if (newEvent.Original is { } original && original != last)
                bytes += original.Body.Length;
            last = newEvent.Original;
        }

        return bytes;
    }

    /// <summary>False when the log was not available.</summary>
    private bool CommitOrFail(List<Waiting> batch)
    {
        try
        {
            Commit(batch);
            return true;
        }
        catch (PostgresException e) when (LogWriter.IsOfTheEvent(e) && batch.Count == 1)
        {
            // Sending this one again would not help.
            logger.NotStorable(e.SqlState);
            batch[0].Done.TrySetException(new NotStorableException(e.SqlState, e));
            return true;
        }
        catch (PostgresException e) when (LogWriter.IsOfTheEvent(e))
        {
            return CommitOneByOne(batch);
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
    private bool CommitOneByOne(List<Waiting> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (!CommitOrFail([batch[i]]))
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

    private void Commit(List<Waiting> batch)
    {
        var first = batch.DistinctBy(w => w.Event.Key).Select(w => w.Event).ToArray();
        var places = writer.Insert(first, hold: Array.Exists(first, e => e.HeldBecause is not null));
        Show(first, places);

        var earlier = store.Find([.. batch.Select(w => w.Event.Key).Where(key => !places.ContainsKey(key))]);
        // Neither new nor known: held back by another node's event a moment ago. They are kept apart behind it, or go in after all.
        var left = first.Where(e => !places.ContainsKey(e.Key) && !earlier.ContainsKey(e.Key) && e.HeldBecause is null).ToArray();
        if (left.Length > 0)
        {
            var later = writer.Insert(left, hold: true);
            Show(left, later);
            foreach (var (key, place) in later)
                places.Add(key, place);
        }

        var held = store.FindHeld([.. batch.Select(w => w.Event.Key).Where(key => !places.ContainsKey(key) && !earlier.ContainsKey(key))]);
        foreach (var waiting in batch)
            waiting.Done.TrySetResult(ResultOf(waiting.Event, places, earlier, held));
    }

    private Appended ResultOf(
        NewEvent newEvent, Dictionary<Guid, Placed> places, Dictionary<Guid, Stored> earlier, Dictionary<Guid, Stored> held)
    {
        // Taken out, so that a second copy in the same batch is answered as the duplicate it is.
        if (places.Remove(newEvent.Key, out var place))
        {
            earlier[newEvent.Key] = new Stored(place.Sequence, place.RecordedAt, newEvent.Event.Type, newEvent.DataHash);
            return new Appended(AppendedKind.Added, place.Sequence, place.RecordedAt) { DataHash = newEvent.DataHash, LooksLikeEarlierBy = place.LooksLikeEarlierBy };
        }

        var (kind, stored) = earlier.TryGetValue(newEvent.Key, out var known) ? (AppendedKind.Duplicate, known) : (AppendedKind.Held, held.GetValueOrDefault(newEvent.Key));
        // Released or refused in this very moment: asking again gives the answer.
        if (stored is null)
            return new Appended(AppendedKind.Held, 0, default);
        return new Appended(kind, stored.Sequence, stored.RecordedAt)
        {
            DataHash = stored.DataHash,
            Differences = stored.IsSame(newEvent) ? [] : EventDifferences.Between(stored.Type, store.ReadData(newEvent.Key, stored), newEvent),
        };
    }

    private void Show(NewEvent[] events, Dictionary<Guid, Placed> places)
    {
        var logged = new List<LoggedEvent>(places.Count);
        foreach (var newEvent in events)
        {
            if (places.TryGetValue(newEvent.Key, out var place))
                logged.Add(LoggedEvent.From(newEvent, place.Sequence, place.RecordedAt));
        }

        tail.Append(logged);
    }

    private sealed record Waiting(NewEvent Event)
    {
        internal TaskCompletionSource<Appended> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
