using MassTransit;
using MassTransit.Middleware;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Collects what is sent outside of the handling of a message, and writes it. May be used again after each commit.</summary>
#pragma warning disable CA1001 // Its units hold neither locks nor a transaction of their own.
internal sealed class OutboxCollector(UnitCommitter committer, OutgoingMessageFactory factory, IServiceProvider provider) : OutboxSendContext
#pragma warning restore CA1001
{
    private UnitOfWork _unit = new(null, Guid.Empty);
    private UnitOfWork? _written;

    public string? OrderingKey { get; set; }

    public UnitOfWork Unit => _unit;

    public Task AddSend<T>(SendContext<T> context) where T : class
    {
        _unit.Add(factory.Create(context, OrderingKey));
        return Task.CompletedTask;
    }

    public object? GetService(Type serviceType) => provider.GetService(serviceType);

    /// <summary>Commits the caller's transaction with the messages in it, and delivers; without one, in a transaction of their own.</summary>
    public async Task CommitAsync(NpgsqlTransaction? transaction, CancellationToken cancellationToken)
    {
        if (transaction is null)
        {
            var unit = _unit;
            var delivery = await committer.CommitAsync(unit, cancellationToken);
            _unit = new UnitOfWork(null, Guid.Empty);
            await delivery;
            return;
        }
        await WriteAsync(transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await DeliverAsync(cancellationToken);
    }

    public async Task WriteAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await committer.WriteWithinAsync(_unit, transaction, cancellationToken);
        (_written, _unit) = (_unit, new UnitOfWork(null, Guid.Empty));
    }

    public Task DeliverAsync(CancellationToken cancellationToken)
    {
        var written = Interlocked.Exchange(ref _written, null);
        return written is null ? Task.CompletedTask : committer.HandOverAsync(written, cancellationToken);
    }
}
