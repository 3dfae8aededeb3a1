using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.DeadLetters;

/// <summary>
/// The newest messages that nobody could use and that are no event of a subscription, for example unreadable ones of a door. Their bytes may hold anything, so they
/// stand here only and are never logged.
/// </summary>
internal sealed class StrayMessages(NpgsqlDataSource dataSource, TimeProvider time)
{
    internal const int MaxMessages = 10_000;
    internal const int MaxBodyBytes = 512 * 1024;
    internal const long MaxBytes = 256L * 1024 * 1024;

    private const string Insert = """
        insert into stray_message (queue, reason, received_at, size, body) values (@Queue, @Reason, @Now, @Size, @Body)
        """;

    private const string Forget = """
        delete from stray_message where position <= (
            select s.position
            from (select position, row_number() over w as messages, sum(octet_length(body)) over w as bytes
                  from stray_message window w as (order by position desc)) s
            where s.messages > @MaxMessages or s.bytes > @MaxBytes
            order by s.position desc limit 1)
        """;

    internal async Task KeepAsync(IReadOnlyList<StrayMessage> messages, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var message in messages)
        {
            await connection.ExecuteAsync(new CommandDefinition(Insert, new
            {
                message.Queue,
                message.Reason,
                Now = time.GetUtcNow(),
                Size = (long)message.Size,
                Body = message.Body.Length is 0 or > MaxBodyBytes ? null : message.Body,
            }, transaction, cancellationToken: cancellationToken));
        }

        await connection.ExecuteAsync(new CommandDefinition(Forget, new { MaxMessages, MaxBytes }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <summary>A message that nobody could use.</summary>
/// <param name="Queue">Where it came from; empty when the broker does not say.</param>
/// <param name="Reason">The reason as a code.</param>
/// <param name="Size">How long its body is.</param>
/// <param name="Body">The body; one that is too long is not kept.</param>
internal sealed record StrayMessage(string Queue, string Reason, int Size, byte[] Body);
