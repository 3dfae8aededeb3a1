using Dapper;
using Npgsql;

namespace ExchangeBus.Agencies;

/// <summary>Agencies and their systems in PostgreSQL.</summary>
internal sealed class AgencyStore(NpgsqlDataSource dataSource)
{
    private const string UpsertAgency = """
        insert into agency (code, name) values (@Code, @Name) on conflict (code) do update set name = excluded.name
        """;

    private const string UpsertSystem = """
        insert into agency_system (agency, system, key_hash, publishes) values (@Agency, @System, @KeyHash, @Publishes)
        on conflict (agency, system) do update set key_hash = excluded.key_hash, publishes = excluded.publishes, withdrawn_at = null
        """;

    private const string SelectSystems = "select agency, system, key_hash, publishes from agency_system where withdrawn_at is null";

    private const string WithdrawOthers = """
        update agency_system set withdrawn_at = @Now
        where withdrawn_at is null and agency || '.' || system <> all (@Configured)
        returning agency || '.' || system
        """;

    /// <summary>Takes the right to speak from every system that is not configured; returns their broker users.</summary>
    internal async Task<IReadOnlyList<string>> WithdrawOthersAsync(IEnumerable<string> configured, DateTimeOffset now)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<string>(WithdrawOthers, new { Configured = configured.ToArray(), Now = now })).AsList();
    }

    internal async Task SaveAsync(string code, string name, IEnumerable<(string System, byte[] KeyHash, string[] Publishes)> systems)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(UpsertAgency, new { Code = code, Name = name }, transaction);
        foreach (var (system, keyHash, publishes) in systems)
            await connection.ExecuteAsync(UpsertSystem, new { Agency = code, System = system, KeyHash = keyHash, Publishes = publishes }, transaction);
        await transaction.CommitAsync();
    }

    internal async Task<IReadOnlyList<(AgencySystem System, byte[] KeyHash)>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Agency, string System, byte[] KeyHash, string[] Publishes)>(
            new CommandDefinition(SelectSystems, cancellationToken: cancellationToken));
        return [.. rows.Select(r => (new AgencySystem(r.Agency, r.System, r.Publishes), r.KeyHash))];
    }
}
