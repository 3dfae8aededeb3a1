using Dapper;
using Npgsql;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>A number by which a system knows a dossier.</summary>
/// <param name="World">One of <see cref="NumberingWorlds"/>.</param>
/// <param name="Number">The number there.</param>
internal sealed record DossierNumber(string World, string Number);

/// <summary>Finds dossiers by the numbers of other systems, and those numbers by the dossier.</summary>
internal sealed class KnownNumbers(NpgsqlDataSource dataSource)
{
    private const string SelectOfDossier = "select world, number from dossier_number where dossier_number = @Dossier order by world, number";

    private const string SelectDossiers = "select distinct dossier_number from dossier_number where number = @Number order by dossier_number limit @Limit";

    internal async Task<IReadOnlyList<DossierNumber>> OfAsync(string dossier, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DossierNumber>(new CommandDefinition(SelectOfDossier, new { Dossier = dossier }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Dossiers that any system knows by a number.</summary>
    internal async Task<IReadOnlyList<string>> FindAsync(string number, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<string>(new CommandDefinition(SelectDossiers, new { Number = number, Limit = limit }, cancellationToken: cancellationToken))).AsList();
    }
}
