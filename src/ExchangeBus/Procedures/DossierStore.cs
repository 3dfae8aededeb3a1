using Dapper;
using Npgsql;

namespace ExchangeBus.Procedures;

/// <summary>One dossier as the list shows it; nothing personal.</summary>
/// <param name="DossierNumber">Number at the portal.</param>
/// <param name="State">State of the saga.</param>
/// <param name="Registration">Status of the civil-status step.</param>
/// <param name="Residence">Status of the residence step.</param>
/// <param name="HealthCard">Status of the health-card step.</param>
/// <param name="Holders">Agencies that hold it now, joined by a comma.</param>
/// <param name="DueAt">The nearest deadline.</param>
/// <param name="IsLate">True when a deadline has passed that it still waits for.</param>
/// <param name="SubmittedAt">When the citizen handed it in.</param>
/// <param name="UpdatedAt">When it last moved.</param>
public sealed record DossierRow(
    string DossierNumber, string State, string Registration, string Residence, string HealthCard, string Holders,
    DateTimeOffset? DueAt, bool IsLate, DateTimeOffset SubmittedAt, DateTimeOffset UpdatedAt);

/// <summary>Reads dossiers for people; never the submission itself.</summary>
internal sealed class DossierStore(NpgsqlDataSource dataSource)
{
    private const string CountByState = """
        select current_state as state, count(*) as dossiers from procedures.linked_birth group by current_state order by current_state
        """;

    private const string SelectNewest = """
        select dossier_number as dossiernumber, current_state as state,
               coalesce(data #>> '{steps,registration,status}', 'Skipped') as registration,
               coalesce(data #>> '{steps,permanentResidence,status}', 'Skipped') as residence,
               coalesce(data #>> '{steps,healthCard,status}', 'Skipped') as healthcard, holders,
               (data ->> 'dueAt')::timestamptz as dueat, coalesce((data ->> 'isLate')::boolean, false) as islate,
               submitted_at as submittedat, updated_at as updatedat
        from procedures.linked_birth order by submitted_at desc limit @Limit
        """;

    internal async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string State, long Dossiers)>(new CommandDefinition(CountByState, cancellationToken: cancellationToken));
        return rows.ToDictionary(r => r.State, r => r.Dossiers);
    }

    internal async Task<IReadOnlyList<DossierRow>> NewestAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DossierRow>(new CommandDefinition(SelectNewest, new { Limit = limit }, cancellationToken: cancellationToken))).AsList();
    }
}
