using MassTransit;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Delivers rows that this process owns, in order per ordering key and destination, and removes them afterwards.</summary>
internal sealed class OutboxDelivery
{
    private const string DeleteSql = """
        delete from {schema}.outbox where id = any($1::uuid[])
        """;

    private const string ReleaseSql = """
        update {schema}.outbox set lease_until = $2 where id = any($1::uuid[])
        """;

    private readonly OutgoingMessageSender _sender;
    private readonly NpgsqlDataSource _dataSource;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<OutboxDelivery> _logger;
    private readonly KeyLocks<(string Key, Uri Destination)> _order = new();
    private readonly HashSet<(string Key, Uri Destination)> _leftToSweep = [];
    private readonly Coalescer<Guid> _remover;
    private readonly string _delete;
    private readonly string _release;

    public OutboxDelivery(OutgoingMessageSender sender, StorageDataSource dataSource, PostgreSqlStorageOptions options,
        TimeProvider timeProvider, ILogger<OutboxDelivery> logger)
    {
        (_sender, _dataSource, _timeProvider, _logger) = (sender, dataSource.Value, timeProvider, logger);
        _delete = DeleteSql.InSchema(options.Schema);
        _release = ReleaseSql.InSchema(options.Schema);
        // Removal is not on anybody's path, so one statement at a time lets the most share it.
        _remover = new Coalescer<Guid>(RemoveAsync, parallel: 1, limit: 1000);
    }

    /// <summary>Names this process in the rows that it writes.</summary>
    public Guid Owner { get; } = NewId.NextGuid();

    /// <summary>Delivers what was just committed. Takes its places in the order before it returns.</summary>
    public Task DeliverAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken) =>
        DeliverAsync(messages, isSweep: false, cancellationToken);

    /// <summary>Delivers leftovers; only this opens a key again after a failure. Tells whether all could be delivered.</summary>
    public Task<bool> DeliverLeftoversAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken) =>
        DeliverAsync(messages, isSweep: true, cancellationToken);

    private async Task<bool> DeliverAsync(IReadOnlyList<OutgoingMessage> messages, bool isSweep, CancellationToken cancellationToken)
    {
        var unordered = messages.Where(x => x.OrderingKey is null).Select(x => DeliverAllAsync([x], null, isSweep, cancellationToken));
        var ordered = messages.Where(x => x.OrderingKey is not null).GroupBy(x => (x.OrderingKey!, x.DestinationAddress))
            .Select(x => DeliverInOrderAsync(x.Key, [.. x], isSweep, cancellationToken));
        var delivered = await Task.WhenAll([.. ordered, .. unordered]);
        return delivered.All(x => x);
    }

    private async Task<bool> DeliverInOrderAsync((string, Uri) key, List<OutgoingMessage> messages, bool isSweep, CancellationToken cancellationToken)
    {
        using var _ = await _order.AcquireAsync(key, cancellationToken);
        return await DeliverAllAsync(messages, key, isSweep, cancellationToken);
    }

    private async Task<bool> DeliverAllAsync(List<OutgoingMessage> messages, (string, Uri)? key, bool isSweep, CancellationToken cancellationToken)
    {
        if (!isSweep && key is not null && IsLeftToSweep(key.Value))
        {
            await ReleaseAsync(messages);
            return false;
        }

        for (var i = 0; i < messages.Count; i++)
        {
            try
            {
                var since = _timeProvider.GetTimestamp();
                await _sender.SendAsync(messages[i], cancellationToken);
                StorageTelemetry.Delivered(_timeProvider.GetElapsedTime(since));
                _remover.Post(messages[i].Id);
            }
#pragma warning disable CA1031 // The row stays, so nothing is lost whatever went wrong.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _logger.DeliveryFailed(messages[i].MessageId, messages[i].DestinationAddress, e);
                MarkLeftToSweep(key, left: true);
                await ReleaseAsync(messages[i..]);
                return false;
            }
        }
        if (isSweep)
            MarkLeftToSweep(key, left: false);
        return true;
    }

    private bool IsLeftToSweep((string, Uri) key)
    {
        lock (_leftToSweep)
            return _leftToSweep.Contains(key);
    }

    // While an earlier message of a key waits for the sweep, a later one must not overtake it from memory.
    private void MarkLeftToSweep((string, Uri)? key, bool left)
    {
        if (key is null)
            return;
        lock (_leftToSweep)
        {
            if (left)
                _leftToSweep.Add(key.Value);
            else
                _leftToSweep.Remove(key.Value);
        }
    }

    private async Task ReleaseAsync(List<OutgoingMessage> messages)
    {
        try
        {
            await using var command = _dataSource.CreateCommand(_release);
            command.Parameters.Add(Commands.Array(messages.Select(x => x.Id).ToArray(), NpgsqlDbType.Uuid));
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = _timeProvider.GetUtcNow().UtcDateTime });
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException e)
        {
            // Then the lease runs out by itself.
            _logger.HandOverFailed(messages.Count, e);
        }
    }

    private async Task RemoveAsync(IReadOnlyList<Guid> ids)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = _dataSource.CreateCommand(_delete);
                command.Parameters.Add(Commands.Array(ids.ToArray(), NpgsqlDbType.Uuid));
                await command.ExecuteNonQueryAsync();
                return;
            }
#pragma warning disable CA1031 // The edge of a background loop.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _logger.RemoveFailed(e);
                if (attempt == 10)
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), _timeProvider);
            }
        }
    }
}
