using MassTransit;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Commits units: concurrent ones in one transaction, a pessimistic one in its own.</summary>
internal sealed class UnitCommitter
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly UnitWriter _writer;
    private readonly IOutgoingMessageStore _store;
    private readonly SchedulerSignal _scheduler;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<UnitCommitter> _logger;
    private readonly Coalescer<Commit> _coalescer;

    public UnitCommitter(StorageDataSource dataSource, UnitWriter writer, IOutgoingMessageStore store, SchedulerSignal scheduler,
        PostgreSqlStorageOptions options, TimeProvider timeProvider, StorageLogger<UnitCommitter> logger)
    {
        (_dataSource, _writer, _store, _scheduler, _timeProvider, _logger) = (dataSource.Value, writer, store, scheduler, timeProvider, logger);
        _coalescer = options.Coalesce
            ? new Coalescer<Commit>(RunAsync, options.CoalescedStatements, options.CoalescedMessages)
            : new Coalescer<Commit>(RunAsync, int.MaxValue, 1);
    }

    /// <summary>
    /// Returns when the unit is durable; the inner task when its outgoing messages are with the store's transport.
    /// A unit whose message the inbox already has is marked as duplicate and has no effect.
    /// </summary>
    /// <exception cref="ConcurrencyException">Another process changed a saga of the unit in between, or PostgreSQL asks to try again.</exception>
    public async Task<Task> CommitAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        if (unit.IsDuplicate || unit.IsEmpty)
            return Task.CompletedTask;
        var commit = new Commit(unit);
        if (unit.Transaction is null)
            _coalescer.Post(commit);
        else
            await RunAsync([commit]);
        // Here and not where the batch is committed: the units of a batch then go on side by side, and each still before it lets its saga go.
        return await commit.Result.Task ? HandOverAsync(unit, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Writes the unit into the transaction of a caller, who commits it.</summary>
    public async Task WriteWithinAsync(UnitOfWork unit, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (unit.IsEmpty)
            return;
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        _writer.Fill(batch, [unit]);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Tells scheduler and store about a committed unit.</summary>
    public Task HandOverAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        if (unit.Scheduled.Count > 0)
            _scheduler.Scheduled(unit.Scheduled.Min(x => x.Due!.Value));
        return unit.Outgoing.Count == 0 ? Task.CompletedTask : HandOverAsync(unit.Outgoing, cancellationToken);
    }

    private async Task RunAsync(IReadOnlyList<Commit> commits)
    {
        // Copies of one message may wait side by side; only one of them can be in a statement that must find out which is first.
        var pending = commits.ToList();
        while (pending.Count > 0)
        {
            var distinct = pending.DistinctBy(x => x.Key).ToList();
            pending.RemoveAll(distinct.Contains);
            await WriteAsync(distinct);
        }
    }

    private async Task WriteAsync(List<Commit> commits)
    {
        while (commits.Count > 0)
        {
            Dictionary<string, IReadOnlyList<UnitOfWork>> owners = [];
            NpgsqlBatch? batch = null;
            var since = _timeProvider.GetTimestamp();
            using var activity = StorageTelemetry.StartCommit(commits.Count);
            try
            {
                var units = commits.ConvertAll(x => x.Unit);
                batch = units[0].Connection?.CreateBatch() ?? _dataSource.CreateBatch();
                owners = _writer.Fill(batch, units);
                await batch.ExecuteNonQueryAsync();
                if (units[0].Transaction is { } transaction)
                    await transaction.CommitAsync();
                StorageTelemetry.Ran("commit", commits.Count, _timeProvider.GetElapsedTime(since));
                commits.ForEach(x => x.Result.SetResult(true));
                return;
            }
            catch (PostgresException e) when (e.SqlState is UnitWriter.DuplicateState or UnitWriter.LostRaceState)
            {
                RemoveLost(commits, e, owners);
            }
#pragma warning disable CA1031 // The exception is handed to the message whose commit failed.
            catch (Exception) when (commits.Count > 1)
#pragma warning restore CA1031
            {
                // One of them is poisoned, or the connection is gone, perhaps after the commit: each stands for itself.
                foreach (var commit in commits)
                {
                    commit.IsUncertain = true;
                    await WriteAsync([commit]);
                }
                return;
            }
#pragma warning disable CA1031
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (e is NpgsqlException npgsql && DatabaseErrors.IsConnectionLost(npgsql))
                    SayUncertain(commits[0].Unit);
                commits[0].Result.SetException(DatabaseErrors.Translate(e, commits[0].Unit));
                return;
            }
            finally
            {
                if (batch is not null)
                    await batch.DisposeAsync();
            }
        }
    }

    private void RemoveLost(List<Commit> commits, PostgresException e, Dictionary<string, IReadOnlyList<UnitOfWork>> owners)
    {
        var (label, ordinals) = e.Hint!.Split(':') is [var first, var second] ? (first, second) : throw e;
        var lost = ordinals.Split(',').Select(x => owners[label][int.Parse(x, System.Globalization.CultureInfo.InvariantCulture)]).ToHashSet();
        foreach (var commit in commits.Where(x => lost.Contains(x.Unit)))
        {
            if (e.SqlState == UnitWriter.DuplicateState)
            {
                StorageTelemetry.Duplicate();
                commit.Unit.IsDuplicate = true;
                if (commit.IsUncertain)
                    SayUncertain(commit.Unit);
                commit.Result.SetResult(false);
            }
            else
            {
                StorageTelemetry.LostRace();
                commit.Result.SetException(DatabaseErrors.LostRace(commit.Unit, e));
            }
        }
        commits.RemoveAll(x => lost.Contains(x.Unit));
    }

    private void SayUncertain(UnitOfWork unit)
    {
        if (unit.Outgoing.Count > 0)
            _store.CommitIsUncertain(unit.Outgoing);
    }

    private async Task HandOverAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await _store.CommittedAsync(messages, cancellationToken);
        }
#pragma warning disable CA1031 // The messages are durable; a later sweep delivers them.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.HandOverFailed(messages.Count, e);
        }
    }

    private sealed record Commit(UnitOfWork Unit)
    {
        /// <summary>An attempt failed such that it may have been committed all the same.</summary>
        public bool IsUncertain { get; set; }

        /// <summary>False for a duplicate.</summary>
        public TaskCompletionSource<bool> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public object Key { get; } = Unit.MessageId is { } id ? (id, Unit.ConsumerId) : Unit;
    }
}
