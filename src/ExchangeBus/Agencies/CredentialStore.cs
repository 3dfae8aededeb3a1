using Dapper;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.Agencies;

/// <summary>
/// Public keys and client certificates in PostgreSQL. What the configuration takes out it may bring back; what an operator
/// withdrew in the database stays withdrawn, whatever the configuration of a node that starts later says.
/// </summary>
internal sealed class CredentialStore(NpgsqlDataSource dataSource, ILogger<CredentialStore> logger)
{
    // Never another public key into a row: what was signed with the one before must stay provable, and its access tokens name the row.
    private const string Upsert = """
        insert into agency_credential (agency, system, kind, name, public_key, valid_from, valid_until, configured)
        values (@Agency, @System, @Kind, @Name, @PublicKey, coalesce(@ValidFrom, '-infinity'::timestamptz), coalesce(@ValidUntil, 'infinity'::timestamptz), true)
        on conflict (agency, system, kind, name) do update set
            valid_from = excluded.valid_from, valid_until = excluded.valid_until, configured = true,
            withdrawn_at = case when agency_credential.withdrawn_by = 'configuration' then null else agency_credential.withdrawn_at end,
            withdrawn_by = nullif(agency_credential.withdrawn_by, 'configuration')
        where (agency_credential.valid_from, agency_credential.valid_until, agency_credential.configured)
            is distinct from (excluded.valid_from, excluded.valid_until, true)
        """;

    private const string SelectKept = """
        select public_key, withdrawn_at is not null from agency_credential where agency = @Agency and system = @System and kind = @Kind and name = @Name
        """;

    private const string WithdrawOthers = """
        update agency_credential set withdrawn_at = @Now, withdrawn_by = 'configuration', configured = false
        where configured and withdrawn_at is null and agency || '.' || system || '/' || kind || '/' || name <> all (@Configured)
        returning name, agency || '.' || system
        """;

    private const string SelectAll = """
        select id, agency || '.' || system as broker_user, name, public_key,
               case when isfinite(valid_from) then valid_from end as valid_from, case when isfinite(valid_until) then valid_until end as valid_until
        from agency_credential where withdrawn_at is null
        """;

    /// <summary>Brings the configured credentials into the database and withdraws those that are not configured any more.</summary>
    /// <exception cref="OptionsValidationException">Another public key is known under a configured <c>kid</c>; nothing was changed.</exception>
    internal async Task SaveAsync(IReadOnlyList<AgencyOptions> agencies, DateTimeOffset now)
    {
        Configured[] configured = [.. agencies.SelectMany(a => a.Systems.SelectMany(s => Configured.Of(a.Code, s)))];
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var withdrawn = await connection.QueryAsync<(string Name, string System)>(
            WithdrawOthers, new { Now = now, Configured = configured.Select(c => $"{c.Agency}.{c.System}/{c.Kind}/{c.Name}").ToArray() }, transaction);
        var stayWithdrawn = new List<Configured>();
        foreach (var credential in configured)
        {
            await connection.ExecuteAsync(Upsert, credential, transaction);
            var (publicKey, isWithdrawn) = await connection.QuerySingleAsync<(string? PublicKey, bool IsWithdrawn)>(SelectKept, credential, transaction);
            if (!credential.Is(publicKey))
                throw AnotherKey(credential);
            if (isWithdrawn)
                stayWithdrawn.Add(credential);
        }

        await transaction.CommitAsync();
        foreach (var (name, system) in withdrawn)
            logger.CredentialWithdrawn(name, system);
        foreach (var credential in stayWithdrawn)
            logger.CredentialStaysWithdrawn(credential.Name, $"{credential.Agency}.{credential.System}");
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

    private static OptionsValidationException AnotherKey(Configured key) => new(nameof(AgenciesOptions), typeof(AgenciesOptions), [
        $"Bus:Agencies: the KeyId {key.Name} of {key.Agency}.{key.System} is known with another public key, which proves what was signed before. Give the new key a KeyId of its own, or none."]);

    private sealed record Configured(string Agency, string System, string Kind, string Name, string? PublicKey, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil)
    {
        /// <summary>True for the same key, however it is written; an operator may have entered it.</summary>
        internal bool Is(string? publicKey) => publicKey == PublicKey
            || (publicKey is not null && PublicKey is not null
                && VerificationKey.TryParse(publicKey, out var kept) && kept.Thumbprint == VerificationKey.Parse(PublicKey).Thumbprint);

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
