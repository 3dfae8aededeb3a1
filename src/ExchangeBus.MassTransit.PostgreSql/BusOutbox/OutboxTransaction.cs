using MassTransit;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>What is published and sent here is delivered if the transaction commits, and only then. Disposing it without commit forgets the messages and leaves the transaction to its owner.</summary>
public sealed class OutboxTransaction : IAsyncDisposable
{
    private readonly OutboxCollector _collector;
    private readonly NpgsqlTransaction _transaction;
    private readonly AsyncServiceScope _scope;

    internal OutboxTransaction(NpgsqlTransaction transaction, string? orderingKey, AsyncServiceScope scope)
    {
        var bus = scope.ServiceProvider.GetRequiredService<IBus>();
        _collector = ActivatorUtilities.CreateInstance<OutboxCollector>(scope.ServiceProvider);
        _collector.OrderingKey = orderingKey;
        (_transaction, _scope) = (transaction, scope);
        PublishEndpoint = new PublishEndpoint(new OutboxPublishEndpointProvider(_collector, bus));
        SendEndpointProvider = new OutboxSendEndpointProvider(_collector, bus);
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
    public Task CommitAsync(CancellationToken cancellationToken = default) => _collector.CommitAsync(_transaction, cancellationToken);

    /// <summary>
    /// Writes the messages into the transaction, which the caller commits itself. Call <see cref="DeliverAsync"/> after the commit; without it the sweep delivers when the lease is over.
    /// </summary>
    /// <param name="cancellationToken">Abandons the work.</param>
    public Task WriteAsync(CancellationToken cancellationToken = default) => _collector.WriteAsync(_transaction, cancellationToken);

    /// <summary>Delivers what <see cref="WriteAsync"/> wrote and the caller has committed since. Call it only after the commit.</summary>
    /// <param name="cancellationToken">Abandons the wait for the delivery.</param>
    public Task DeliverAsync(CancellationToken cancellationToken = default) => _collector.DeliverAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
