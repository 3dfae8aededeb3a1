using Dapper;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Agencies;

/// <summary>
/// Public keys and client certificates in PostgreSQL. What the configuration takes out it may bring back; what an operator
/// withdrew in the database stays withdrawn, whatever the configuration of a node that starts later says.
/// </summary>
internal sealed class CredentialStore(NpgsqlDataSource dataSource, ILogger<CredentialStore> logger)
{
    // Not configured any more, and withdrawn: by the configuration. Still marked as configured, and withdrawn: by an operator.
    private const string Upsert = """
        insert into agency_credential (agency, system, kind, name, public_key, valid_from, valid_until, configured)
        values (@Agency, @System, @Kind, @Name, @PublicKey, coalesce(@ValidFrom, '-infinity'::timestamptz), coalesce(@ValidUntil, 'infinity'::timestamptz), true)
        on conflict (agency, system, kind, name) do update set
            public_key = excluded.public_key, valid_from = excluded.valid_from, valid_until = excluded.valid_until, configured = true,
            withdrawn_at = case when agency_credential.configured then agency_credential.withdrawn_at end
        where (agency_credential.public_key, agency_credential.valid_from, agency_credential.valid_until, agency_credential.configured)
            is distinct from (excluded.public_key, excluded.valid_from, excluded.valid_until, true)
        """;

    private const string WithdrawOthers = """
        update agency_credential set withdrawn_at = @Now, configured = false
        where configured and withdrawn_at is null and agency || '.' || system || '/' || kind || '/' || name <> all (@Configured)
        returning name, agency || '.' || system
        """;

    private const string SelectAll = """
        select id, agency || '.' || system as broker_user, name, public_key,
               case when isfinite(valid_from) then valid_from end as valid_from, case when isfinite(valid_until) then valid_until end as valid_until
        from agency_credential where withdrawn_at is null
        """;

    /// <summary>Brings the configured credentials into the database and withdraws those that are not configured any more.</summary>
    internal async Task SaveAsync(IReadOnlyList<AgencyOptions> agencies, DateTimeOffset now)
    {
        Configured[] configured = [.. agencies.SelectMany(a => a.Systems.SelectMany(s => Configured.Of(a.Code, s)))];
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var withdrawn = await connection.QueryAsync<(string Name, string System)>(
            WithdrawOthers, new { Now = now, Configured = configured.Select(c => $"{c.Agency}.{c.System}/{c.Kind}/{c.Name}").ToArray() }, transaction);
        foreach (var credential in configured)
            await connection.ExecuteAsync(Upsert, credential, transaction);
        await transaction.CommitAsync();
        foreach (var (name, system) in withdrawn)
            logger.CredentialWithdrawn(name, system);
    }

    /// <summary>What is not withdrawn, of the given systems.</summary>
    internal async Task<IReadOnlyList<AgencyKey>> LoadAsync(IReadOnlyList<AgencySystem> systems, CancellationToken cancellationToken)
    {
        var byUser = systems.ToDictionary(s => s.BrokerUser);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Id, string BrokerUser, string Name, string? PublicKey, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil)>(
            new CommandDefinition(SelectAll, cancellationToken: cancellationToken));
        var keys = new List<AgencyKey>();
        foreach (var row in rows)
        {
            if (!byUser.TryGetValue(row.BrokerUser, out var system))
                continue;
            VerificationKey? key = null;
            if (row.PublicKey is not null && !VerificationKey.TryParse(row.PublicKey, out key))
            {
                logger.CredentialNotReadable(row.Name, row.BrokerUser);
                continue;
            }

            keys.Add(new AgencyKey(row.Id, system, row.Name, key, row.ValidFrom ?? DateTimeOffset.MinValue, row.ValidUntil ?? DateTimeOffset.MaxValue));
        }

        return keys;
    }

    private sealed record Configured(string Agency, string System, string Kind, string Name, string? PublicKey, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil)
    {
        internal static IEnumerable<Configured> Of(string agency, SystemOptions system)
        {
            foreach (var options in system.Keys)
            {
                var key = options.Read();
                yield return new(agency, system.System, "key", options.KeyId ?? key.Thumbprint, key.ToJwk(), options.ValidFrom?.ToUniversalTime(), options.ValidUntil?.ToUniversalTime());
            }

            foreach (var options in system.Certificates)
                yield return new(agency, system.System, "certificate", options.PublicKeySha256.ToLowerInvariant(), null, options.ValidFrom?.ToUniversalTime(), options.ValidUntil?.ToUniversalTime());
        }
    }
}
