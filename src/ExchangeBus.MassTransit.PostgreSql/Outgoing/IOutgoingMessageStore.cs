using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// Where outgoing messages are written, in the transaction that commits the saga state and the inbox. Replace it by registering a singleton of this type;
/// the default writes a table of the library and delivers from memory after the commit.
/// </summary>
public interface IOutgoingMessageStore
{
    /// <summary>
    /// Adds the commands that write the messages. They are the last of the batch, so a lock that they take is held for the shortest time.
    /// The batch runs as one transaction; when a unit in it loses a race or is refused, the batch is rolled back and built again without that unit,
    /// so this method may be called several times for the same messages and must have no effect of its own.
    /// </summary>
    /// <param name="batch">The batch to add to.</param>
    /// <param name="messages">The messages of all units of the batch, unit by unit, each in the order in which it was sent. Never empty.</param>
    void AddCommands(NpgsqlBatch batch, IReadOnlyList<OutgoingMessage> messages);

    /// <summary>
    /// Called after the commit, once per unit and before the next message of the same saga is handled; units of different sagas may call at the same time. The incoming message is acknowledged
    /// when the returned task has completed; it may complete before the messages are delivered. An exception is logged and does not fail the incoming message: its effect is committed.
    /// </summary>
    /// <param name="messages">The messages of one unit. Never empty.</param>
    /// <param name="cancellationToken">Cancelled when the endpoint stops.</param>
    ValueTask CommittedAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken);

    /// <summary>
    /// Called instead of <see cref="CommittedAsync"/> when the connection was lost during the commit: the messages may be committed or not, and are not handed over again.
    /// A store that keeps the order of a key must not let later messages of it overtake them. Default: nothing. Must not throw.
    /// </summary>
    /// <param name="messages">The messages of one unit. Never empty.</param>
    void CommitIsUncertain(IReadOnlyList<OutgoingMessage> messages)
    {
    }
}
