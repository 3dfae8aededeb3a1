using MassTransit;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// What the <see cref="IPublishEndpoint"/> and <see cref="ISendEndpointProvider"/> of this scope were given, until it is committed. Scoped; needs
/// <see cref="PostgreSqlBusOutboxConfiguration.UsePostgreSqlBusOutbox"/>. Within the handling of a message use the <see cref="ConsumeContext"/>: there the message's own commit sends.
/// </summary>
public sealed class ScopedOutbox : IDisposable
{
    private readonly ILogger<ScopedOutbox> _logger;

    internal ScopedOutbox(OutboxCollector collector, StorageLogger<ScopedOutbox> logger) => (Collector, _logger) = (collector, logger);

    /// <summary>Messages with the same key to the same destination are delivered in the order in which they were committed; null (the default) means no order.</summary>
    public string? OrderingKey
    {
        get => Collector.OrderingKey;
        set => Collector.OrderingKey = value;
    }

    /// <summary>How many messages wait for a commit, scheduled ones included.</summary>
    public int Count => Collector.Unit.Outgoing.Count + Collector.Unit.Scheduled.Count;

    internal OutboxCollector Collector { get; }

    /// <summary>Writes the messages, commits the transaction of the caller with everything in it, and delivers. Should the delivery fail, a sweep repeats it.</summary>
    /// <param name="transaction">An open transaction of the storage's database.</param>
    /// <param name="cancellationToken">After the commit, abandons only the wait for the delivery.</param>
    /// <exception cref="PostgresException">The commit was refused; nothing is delivered.</exception>
    public Task CommitAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Collector.CommitAsync(transaction, cancellationToken);
    }

    /// <summary>Writes the messages in a transaction of their own, and delivers.</summary>
    /// <param name="cancellationToken">After the commit, abandons only the wait for the delivery.</param>
    public Task CommitAsync(CancellationToken cancellationToken = default) => Collector.CommitAsync(null, cancellationToken);

    /// <summary>
    /// Writes the messages into a transaction that the caller commits itself. Call <see cref="DeliverAsync"/> after the commit; without it the sweep delivers when the lease is over.
    /// </summary>
    /// <param name="transaction">An open transaction of the storage's database.</param>
    /// <param name="cancellationToken">Abandons the work.</param>
    public Task WriteAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Collector.WriteAsync(transaction, cancellationToken);
    }

    /// <summary>Delivers what <see cref="WriteAsync"/> wrote and the caller has committed since. Call it only after the commit.</summary>
    /// <param name="cancellationToken">Abandons the wait for the delivery.</param>
    public Task DeliverAsync(CancellationToken cancellationToken = default) => Collector.DeliverAsync(cancellationToken);

    /// <summary>Forgets what was not committed, and says so in the log.</summary>
    public void Dispose()
    {
        if (Count > 0)
            _logger.OutboxForgotten(Count);
    }
}
