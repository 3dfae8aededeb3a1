using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>Remembers in PostgreSQL which signed tokens were used, so that each is taken once: on all nodes, and after a restart.</summary>
internal sealed class UsedTokens(NpgsqlDataSource dataSource, TimeProvider time)
{
    // Nodes' clocks may differ: what one takes for expired must not be forgotten while another would still take it.
    private static readonly TimeSpan KeepLonger = TimeSpan.FromMinutes(5);

    // The primary key decides between two that come at the same moment.
    private const string Insert = "insert into used_token (token_key, expires_at) values ($1, $2) on conflict do nothing";

    private const string DeleteExpired = "delete from used_token where expires_at < $1";

    /// <summary>True for the first use.</summary>
    internal async Task<bool> TryUseAsync(string issuer, string id, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{id}")) });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = until.ToUniversalTime() });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    internal async Task ForgetExpiredAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DeleteExpired);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() - KeepLonger });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
