using Dapper;
using ExchangeBus.Agencies;
using Npgsql;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>A gap as officers see it; nothing personal.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>birthWithoutResidence</c>, <c>birthWithoutHealthCard</c>, <c>deathWithResidence</c> or <c>deathWithoutCardLock</c>.</param>
/// <param name="Commune">Commune of the book, 5 digits.</param>
/// <param name="Registration">The record of the book, kind/commune/book/number.</param>
/// <param name="DossierNumber">The dossier that the registration names; null when it names none.</param>
/// <param name="Branch">The branch that has brought nothing.</param>
/// <param name="RegisteredAt">When the bus took the registration.</param>
/// <param name="Since">When the branch's time ran out.</param>
/// <param name="FoundAt">When the comparison found it.</param>
/// <param name="State"><c>open</c> for people, <c>resent</c> when the bus has asked again by itself, or <c>closed</c>.</param>
/// <param name="ResentAt">When the bus last asked again.</param>
/// <param name="Resends">How often.</param>
/// <param name="Hindrance">Why the bus has not asked again at its last try; null when it has, or when nobody waits.</param>
/// <param name="ClosedAt">When.</param>
/// <param name="ClosedBy">Agency and officer; null when the bus has closed it.</param>
/// <param name="Reason">The officer's reason; or <c>arrived</c>, <c>registration.ended</c>, or what explains it now.</param>
internal sealed record GapView(
    Guid Id, string Kind, string Commune, string Registration, string? DossierNumber, string Branch, DateTimeOffset RegisteredAt, DateTimeOffset Since, DateTimeOffset FoundAt, string State,
    DateTimeOffset? ResentAt, int Resends, string? Hindrance, DateTimeOffset? ClosedAt, string? ClosedBy, string? Reason);

/// <summary>Which gaps are asked for; what is null is not asked about.</summary>
internal sealed record GapFilter(string? Commune, string? Kind, string? State);

/// <summary>Some of the gaps.</summary>
/// <param name="Gaps">The oldest first.</param>
/// <param name="Next">To be sent as <c>after</c> for those that follow; null at the end.</param>
internal sealed record GapPage(IReadOnlyList<GapView> Gaps, Guid? Next);

/// <summary>How many gaps a commune has.</summary>
internal sealed record CommuneGaps(string Commune, string Kind, long Open, long Resent, long Closed);

/// <summary>Gaps and comparisons in PostgreSQL, as people see them.</summary>
internal sealed class GapStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string Select = """
        select id, kind, commune, record as registration, dossier_number as dossiernumber, branch, registered_at as registeredat, since, found_at as foundat, state, resent_at as resentat,
               resends, hindrance, closed_at as closedat, closed_by as closedby, reason
        from reconciliation_gap
        """;

    private const string Page = Select + """

        where (@Commune::text is null or commune = @Commune) and (@Kind::text is null or kind = @Kind) and (@State::text is null or state = @State)
          and (@After::uuid is null or (since, id) > (select since, id from reconciliation_gap where id = @After))
        order by since, id limit @Limit
        """;

    private const string One = Select + " where id = @Id";

    private const string CountByCommune = """
        select commune, kind, count(*) filter (where state = 'open') as open, count(*) filter (where state = 'resent') as resent, count(*) filter (where state = 'closed') as closed
        from reconciliation_gap where (@Commune::text is null or commune = @Commune) and (@Kind::text is null or kind = @Kind) group by commune, kind order by commune, kind
        """;

    private const string Close = """
        update reconciliation_gap set state = 'closed', closed_at = @Now, closed_by = @By, reason = @Reason where id = @Id and state <> 'closed'
        """;

    private const string SelectRuns = """
        select id, to_char(day, 'YYYY-MM-DD') as day, asked_by as askedby, started_at as startedat, ended_at as endedat, compared, found, closed from reconciliation_run order by started_at desc limit @Limit
        """;

    internal async Task<GapPage> PageAsync(GapFilter filter, Guid? after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<GapView>(new CommandDefinition(
            Page, new { filter.Commune, filter.Kind, filter.State, After = after, Limit = limit + 1 }, cancellationToken: cancellationToken))).AsList();
        return rows.Count > limit ? new GapPage(rows[..limit], rows[limit - 1].Id) : new GapPage(rows, null);
    }

    internal async Task<IReadOnlyList<CommuneGaps>> CountAsync(GapFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<CommuneGaps>(new CommandDefinition(CountByCommune, new { filter.Commune, filter.Kind }, cancellationToken: cancellationToken))).AsList();
    }

    internal async Task<GapView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<GapView>(new CommandDefinition(One, new { Id = id }, cancellationToken: cancellationToken));
    }

    /// <summary>False when it was closed meanwhile.</summary>
    internal async Task<bool> CloseAsync(Guid id, Officer officer, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            Close, new { Id = id, By = $"{officer.Agency}/{officer.Code}", Reason = reason, Now = time.GetUtcNow() }, cancellationToken: cancellationToken)) == 1;
    }

    /// <summary>The newest first.</summary>
    internal async Task<IReadOnlyList<ReconciliationRun>> RunsAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<ReconciliationRun>(new CommandDefinition(SelectRuns, new { Limit = limit }, cancellationToken: cancellationToken))).AsList();
    }
}
