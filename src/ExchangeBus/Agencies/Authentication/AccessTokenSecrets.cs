using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>The secrets that access tokens are made with: one for all nodes, a new one every hour, in memory here.</summary>
internal sealed class AccessTokenSecrets(NpgsqlDataSource dataSource, TimeProvider time)
{
    private static readonly TimeSpan RotateAfter = TimeSpan.FromHours(1);

    /// <summary>A new secret is used for signing only when every node has had the time to read it.</summary>
    private static readonly TimeSpan KnownEverywhere = TimeSpan.FromSeconds(30);

    /// <summary>Longest life of an access token (5 minutes) and what clocks may differ.</summary>
    private static readonly TimeSpan KeepLonger = TimeSpan.FromMinutes(10);

    // 0x657862757A: one node makes the new secret.
    private const string Lock = "select pg_advisory_xact_lock(435627357562)";

    private const string InsertWhenOld = """
        insert into access_token_secret (secret, created_at)
        select @Secret, @Now where not exists (select 1 from access_token_secret where created_at > @Newest)
        """;

    private const string DeleteOld = "delete from access_token_secret where created_at < @Oldest";

    private const string SelectAll = "select id, secret, created_at from access_token_secret order by created_at desc, id desc";

    private AccessTokenSecret[] _secrets = [];

    /// <summary>The secret to sign with.</summary>
    /// <exception cref="InvalidOperationException">None was read yet.</exception>
    internal AccessTokenSecret Current(DateTimeOffset now)
    {
        var secrets = Volatile.Read(ref _secrets);
        return Array.Find(secrets, s => s.CreatedAt <= now - KnownEverywhere)
            ?? (secrets.Length > 0 ? secrets[^1] : throw new InvalidOperationException("The secrets of access tokens are not read yet."));
    }

    internal AccessTokenSecret? Find(long id)
    {
        foreach (var secret in Volatile.Read(ref _secrets))
        {
            if (secret.Id == id)
                return secret;
        }

        return null;
    }

    /// <summary>Makes a new secret when the newest is old, and deletes those that no living token needs.</summary>
    internal async Task RotateAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (HasNewerThan(now - RotateAfter))
            return;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Lock, transaction: transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(InsertWhenOld,
            new { Secret = RandomNumberGenerator.GetBytes(32), Now = now, Newest = now - RotateAfter }, transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(DeleteOld, new { Oldest = now - RotateAfter - KeepLonger }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Id, byte[] Secret, DateTimeOffset CreatedAt)>(new CommandDefinition(SelectAll, cancellationToken: cancellationToken));
        Replace([.. rows.Select(r => new AccessTokenSecret(r.Id, r.Secret, r.CreatedAt))]);
    }

    /// <summary>Newest first.</summary>
    internal void Replace(AccessTokenSecret[] secrets) => Volatile.Write(ref _secrets, secrets);

    private bool HasNewerThan(DateTimeOffset moment) => Array.Exists(Volatile.Read(ref _secrets), s => s.CreatedAt > moment);
}

/// <summary>A secret of access tokens, 32 bytes.</summary>
internal sealed record AccessTokenSecret(long Id, byte[] Secret, DateTimeOffset CreatedAt);
