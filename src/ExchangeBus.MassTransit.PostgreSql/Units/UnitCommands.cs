using MassTransit;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Lets user code write in the transaction of its message.</summary>
public static class UnitCommands
{
    /// <summary>
    /// Adds a command to the transaction that commits the message: it takes effect with the saga state, the inbox and the outgoing messages, or not at all.
    /// It runs after user code, so it has no result to look at. When it fails, the message fails; messages that shared the transaction do not.
    /// </summary>
    /// <param name="context">The context of a consumer or saga behind the outbox.</param>
    /// <param name="command">The command. It is copied for every attempt to commit.</param>
    /// <exception cref="InvalidOperationException">The endpoint has no PostgreSQL outbox.</exception>
    public static void AddCommand(this ConsumeContext context, NpgsqlBatchCommand command)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(command);
        if (!context.TryGetPayload(out IUnitOfWorkContext? outbox))
            throw new InvalidOperationException("The endpoint has no PostgreSQL outbox: call UsePostgreSqlOutbox on it.");
        outbox.Unit.Add(command);
    }
}
