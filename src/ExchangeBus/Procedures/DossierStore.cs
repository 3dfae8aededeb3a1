using Dapper;
using Npgsql;

namespace ExchangeBus.Procedures;

/// <summary>One dossier as the list shows it; nothing personal.</summary>
/// <param name="Procedure">Its procedure, for example <c>linkedbirth</c>.</param>
/// <param name="DossierNumber">Number at the portal.</param>
/// <param name="State">State of the saga.</param>
/// <param name="Registration">Status of the civil-status step.</param>
/// <param name="Residence">Status of the residence step: registered after a birth, deleted after a death.</param>
/// <param name="HealthCard">Status of the health-card step: issued after a birth, locked after a death.</param>
/// <param name="Holders">Agencies that hold it now, joined by a comma.</param>
/// <param name="DueAt">The nearest deadline.</param>
/// <param name="IsLate">True when a deadline has passed that it still waits for.</param>
/// <param name="SubmittedAt">When the citizen handed it in.</param>
/// <param name="UpdatedAt">When it last moved.</param>
public sealed record DossierRow(
    string Procedure, string DossierNumber, string State, string Registration, string Residence, string HealthCard, string Holders,
    DateTimeOffset? DueAt, bool IsLate, DateTimeOffset SubmittedAt, DateTimeOffset UpdatedAt);

/// <summary>Reads dossiers for people; never the submission itself.</summary>
internal sealed class DossierStore(NpgsqlDataSource dataSource)
{
    private const string CountByState = """
        select current_state as state, count(*) as dossiers from procedures.{table} group by current_state order by current_state
        """;

    private const string SelectNewest = """
        select @Name as procedure, dossier_number as dossiernumber, current_state as state,
               coalesce(data #>> '{steps,registration,status}', 'Skipped') as registration,
               coalesce(data #>> '{steps,permanentResidence,status}', data #>> '{steps,residenceDeletion,status}', 'Skipped') as residence,
               coalesce(data #>> '{steps,healthCard,status}', data #>> '{steps,healthCardLock,status}', 'Skipped') as healthcard, holders,
               (data ->> 'dueAt')::timestamptz as dueat, coalesce((data ->> 'isLate')::boolean, false) as islate,
               submitted_at as submittedat, updated_at as updatedat
        from procedures.{table} order by submitted_at desc limit @Limit
        """;

    internal async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var procedure in RegisteredProcedure.All)
        {
            foreach (var (state, dossiers) in await connection.QueryAsync<(string, long)>(new CommandDefinition(procedure.In(CountByState), cancellationToken: cancellationToken)))
                counts[state] = counts.GetValueOrDefault(state) + dossiers;
        }

        return counts;
    }

    internal async Task<IReadOnlyList<DossierRow>> NewestAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = new List<DossierRow>();
        foreach (var procedure in RegisteredProcedure.All)
        {
            rows.AddRange(await connection.QueryAsync<DossierRow>(new CommandDefinition(
                procedure.In(SelectNewest), new { procedure.Name, Limit = limit }, cancellationToken: cancellationToken)));
        }

        return [.. rows.OrderByDescending(r => r.SubmittedAt).Take(limit)];
    }
}
