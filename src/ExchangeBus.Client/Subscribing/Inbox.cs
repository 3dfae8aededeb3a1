using ExchangeBus.Client.Publishing;
using ExchangeBus.Contracts;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.Client.Subscribing;

/// <summary>
/// Runs a handler once for each event, however often the event is delivered, and once more for each replay of it. A dead letter that is handed out again has no
/// key of its own: it takes effect if the event has not.
/// </summary>
internal sealed class Inbox(NpgsqlDataSource dataSource, EventOutbox outbox, IOptions<ClientOptions> options, TimeProvider time)
{
    private const string Remember = """
        insert into exchangebus.inbox (subscription, event_key, handled_at) values ($1, $2, $3) on conflict do nothing
        """;

    // No id has a line break, so the key of a replay is no event's.
    internal static Guid KeyOf(CloudEvent received) => EventKey.Of(
        received.Source, received[ExtensionAttributes.ReplayId] is { } replay ? $"{received.Id}\n{replay}" : received.Id);

    internal async Task HandleOnceAsync(string subscription, CloudEvent received, IEventHandler handler, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var remember = new NpgsqlCommand(Remember, connection, transaction)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = subscription },
                new NpgsqlParameter<Guid> { TypedValue = KeyOf(received) },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() },
            },
        };
        // A copy that is being handled elsewhere makes this wait for its outcome.
        if (await remember.ExecuteNonQueryAsync(cancellationToken) == 0)
            return;

        var context = new EventContext(received, transaction, options.Value.Source, time);
        await handler.HandleAsync(context, cancellationToken);
        await EventOutbox.EnqueueAsync(transaction, context.Published, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (context.Published.Count > 0)
            outbox.Wake();
    }
}
