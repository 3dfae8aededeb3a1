using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// The library's own outbox. A row names its owner and the end of the owner's lease; only the owner, or after the lease the sweep, may deliver it.
/// </summary>
internal sealed class OutboxTable(
    PostgreSqlStorageOptions options, OutboxDelivery delivery, DeliveriesUnderWay underWay, TimeProvider timeProvider) : IOutgoingMessageStore
{
    // A commit whose answer was lost is tried again with the same ids.
    private const string InsertSql = """
        insert into {schema}.outbox (id, ordering_key, owner, lease_until, message, body)
        select u.id, u.ordering_key, $1, $2, u.message, u.body
        from unnest($3::uuid[], $4::text[], $5::text[], $6::bytea[]) with ordinality as u (id, ordering_key, message, body, n)
        order by u.n
        on conflict (id) do nothing
        """;

    private readonly string _insert = InsertSql.InSchema(options.Schema);

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<OutgoingMessage> messages)
    {
        var leaseUntil = timeProvider.GetUtcNow() + options.OutboxLease;
        foreach (var message in messages)
            message.LeaseUntil = leaseUntil;
        batch.BatchCommands.Add(Commands.Create(_insert,
            new NpgsqlParameter<Guid> { TypedValue = delivery.Owner },
            new NpgsqlParameter<DateTime> { TypedValue = leaseUntil.UtcDateTime },
            Commands.Array(messages.Select(x => x.Id).ToArray(), NpgsqlDbType.Uuid),
            Commands.Array(messages.Select(x => x.OrderingKey).ToArray(), NpgsqlDbType.Text),
            Commands.Array(messages.Select(StoredMessage.Serialize).ToArray(), NpgsqlDbType.Text),
            Commands.Array(messages.Select(x => x.BodyArray()).ToArray(), NpgsqlDbType.Bytea)));
    }

    // The endpoint's token ends with the endpoint; a delivery goes on.
    public ValueTask CommittedAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken) =>
        underWay.Add(delivery.DeliverAsync(messages, CancellationToken.None), messages.Count);

    public void CommitIsUncertain(IReadOnlyList<OutgoingMessage> messages) => delivery.LeaveUncertain(messages);
}
