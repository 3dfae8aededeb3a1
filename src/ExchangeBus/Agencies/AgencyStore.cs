using Dapper;
using Npgsql;

namespace ExchangeBus.Agencies;

/// <summary>Agencies and their systems in PostgreSQL.</summary>
internal sealed class AgencyStore(NpgsqlDataSource dataSource)
{
    private const string UpsertAgency = """
        insert into agency (code, name, owns) values (@Code, @Name, @Owns) on conflict (code) do update set name = excluded.name, owns = excluded.owns
        """;

    private const string UpsertSystem = """
        insert into agency_system (agency, system, publishes, require_signature, reviews, desk)
        values (@Agency, @System, @Publishes, @RequireSignature, @Reviews, @Desk)
        on conflict (agency, system) do update
        set publishes = excluded.publishes, require_signature = excluded.require_signature, reviews = excluded.reviews, desk = excluded.desk,
            withdrawn_at = case when agency_system.withdrawn_by = 'configuration' then null else agency_system.withdrawn_at end,
            withdrawn_by = nullif(agency_system.withdrawn_by, 'configuration')
        returning withdrawn_at is not null
        """;

    private const string SelectSystems = "select agency, system, publishes, require_signature, reviews, desk from agency_system where withdrawn_at is null";

    private const string SelectWithdrawn = "select agency || '.' || system from agency_system where withdrawn_at is not null";

    private const string SelectVersion = "select version from agency_version";

    private const string WithdrawOthers = """
        update agency_system set withdrawn_at = @Now, withdrawn_by = 'configuration'
        where withdrawn_at is null and agency || '.' || system <> all (@Configured)
        returning agency || '.' || system
        """;

    /// <summary>Takes the right to speak from every system that is not configured; returns their broker users.</summary>
    internal async Task<IReadOnlyList<string>> WithdrawOthersAsync(IEnumerable<string> configured, DateTimeOffset now)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<string>(WithdrawOthers, new { Configured = configured.ToArray(), Now = now })).AsList();
    }

    /// <summary>The broker users of all systems that may not speak any more.</summary>
    internal async Task<IReadOnlyList<string>> WithdrawnAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<string>(new CommandDefinition(SelectWithdrawn, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Brings an agency into the database; returns those of its systems that an operator withdrew there, which stay so.</summary>
    internal async Task<IReadOnlyList<string>> SaveAsync(AgencyOptions agency)
    {
        var stayWithdrawn = new List<string>();
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(UpsertAgency, new { agency.Code, agency.Name, Owns = agency.Owns.ToArray() }, transaction);
        foreach (var system in agency.Systems)
        {
            var isWithdrawn = await connection.QuerySingleAsync<bool>(UpsertSystem, new
            {
                Agency = agency.Code,
                system.System,
                Publishes = system.Publishes.ToArray(),
                RequireSignature = system.RequireSignature.ToArray(),
                system.Reviews,
                system.Desk,
            }, transaction);
            if (isWithdrawn)
                stayWithdrawn.Add(system.System);
        }

        await transaction.CommitAsync();
        return stayWithdrawn;
    }

    /// <summary>A number that grows with every change of who may speak. Read it before what it stands for.</summary>
    internal async Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectVersion);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    internal async Task<IReadOnlyList<AgencySystem>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Agency, string System, string[] Publishes, string[] RequireSignature, bool Reviews, bool Desk)>(
            new CommandDefinition(SelectSystems, cancellationToken: cancellationToken));
        return [.. rows.Select(r => new AgencySystem(r.Agency, r.System, r.Publishes, r.RequireSignature, r.Reviews, r.Desk))];
    }
}
