using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Publishes from outside of consumers within a transaction of the caller, for code that has no scope of the container. A singleton.</summary>
public sealed class BusOutbox
{
    private readonly IServiceScopeFactory _scopes;

    internal BusOutbox(IServiceScopeFactory scopes) => _scopes = scopes;

    /// <summary>Begins to collect messages that are to be written in this transaction.</summary>
    /// <param name="transaction">An open transaction of the storage's database.</param>
    /// <param name="orderingKey">Messages with the same key to the same destination are delivered in the order in which they were committed; null means no order.</param>
    public OutboxTransaction Begin(NpgsqlTransaction transaction, string? orderingKey = null)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return new OutboxTransaction(transaction, orderingKey, _scopes.CreateAsyncScope());
    }
}
