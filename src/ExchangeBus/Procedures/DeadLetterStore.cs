using Dapper;
using Npgsql;

namespace ExchangeBus.Procedures;

/// <summary>Keeps what a procedure could not handle, so that its other dossiers go on and an operator sees it.</summary>
internal sealed class DeadLetterStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string Insert = """
        insert into dead_letter (subscription, sequence, reason, dead_at) values (@Subscription, @Sequence, @Reason, @Now)
        on conflict do nothing
        """;

    internal async Task KeepAsync(string subscription, long sequence, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Insert, new { Subscription = subscription, Sequence = sequence, Reason = reason, Now = time.GetUtcNow() }, cancellationToken: cancellationToken));
    }
}
