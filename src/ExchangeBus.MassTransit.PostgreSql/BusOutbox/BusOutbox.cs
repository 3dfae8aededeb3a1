using MassTransit;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Publishes from outside of consumers within a transaction of the caller. A singleton of the container.</summary>
public sealed class BusOutbox
{
    private readonly IServiceProvider _provider;

    internal BusOutbox(IServiceProvider provider) => _provider = provider;

    /// <summary>Begins to collect messages that are to be written in this transaction.</summary>
    /// <param name="transaction">An open transaction of the storage's database.</param>
    /// <param name="orderingKey">Messages with the same key to the same destination are delivered in the order in which they were committed; null means no order.</param>
    public OutboxTransaction Begin(NpgsqlTransaction transaction, string? orderingKey = null)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return new OutboxTransaction(transaction, orderingKey, _provider);
    }
}

/// <summary>What is published and sent here is delivered if the transaction commits, and only then. Disposing it without commit forgets the messages and leaves the transaction to its owner.</summary>
public sealed class OutboxTransaction : IAsyncDisposable
{
    private readonly UnitOfWork _unit = new(null, Guid.Empty);
    private readonly NpgsqlTransaction _transaction;
    private readonly UnitCommitter _committer;

    internal OutboxTransaction(NpgsqlTransaction transaction, string? orderingKey, IServiceProvider provider)
    {
        var bus = provider.GetRequiredService<IBus>();
        var collector = new OutboxCollector(_unit, provider.GetRequiredService<TimeProvider>(), provider);
        _unit.OrderingKey = orderingKey;
        _transaction = transaction;
        _committer = provider.GetRequiredService<UnitCommitter>();
        PublishEndpoint = new PublishEndpoint(new OutboxPublishEndpointProvider(collector, bus));
        SendEndpointProvider = new OutboxSendEndpointProvider(collector, bus);
    }

    /// <summary>Collects what is published.</summary>
    public IPublishEndpoint PublishEndpoint { get; }

    /// <summary>Collects what is sent.</summary>
    public ISendEndpointProvider SendEndpointProvider { get; }

    /// <summary>
    /// Writes the messages, commits the transaction of the caller with everything in it, and delivers. Returns after the delivery; should that fail, a sweep repeats it.
    /// </summary>
    /// <param name="cancellationToken">Abandons the wait for the delivery; the delivery itself is not lost.</param>
    /// <exception cref="PostgresException">The commit was refused; nothing is delivered.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken = default) =>
        await await _committer.CommitWithinAsync(_unit, _transaction, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _unit.DisposeAsync();
}
