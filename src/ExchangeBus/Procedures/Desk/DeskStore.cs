using System.Text.Json;
using Dapper;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions;
using Npgsql;

namespace ExchangeBus.Procedures.Desk;

/// <summary>The requests at the desk in PostgreSQL, and their way into the log.</summary>
internal sealed class DeskStore(NpgsqlDataSource dataSource, LogTail tail)
{
    private const string Insert = """
        insert into desk_request (id, dossier_number, action, step, matter, working_days, hours, version, result_type, document_hash, result, agency, officer, reason, state,
                                  refused_because, requested_at, decided_at, decided_agency, decided_by, decision_reason, event_id)
        values (@Id, @DossierNumber, @Action, @Step, @Matter, @WorkingDays, @Hours, @Version, @ResultType, @DocumentHash, @Result::jsonb, @Agency, @Officer, @Reason, @State,
                @RefusedBecause, @RequestedAt, @DecidedAt, @DecidedAgency, @DecidedBy, @DecisionReason, @EventId)
        """;

    private const string Columns = """
        select id, dossier_number as dossiernumber, action, step, matter, working_days as workingdays, hours, version, result_type as resulttype, document_hash as documenthash,
               result::text as result, agency, officer, reason, state, refused_because as refusedbecause, requested_at as requestedat, decided_at as decidedat,
               decided_agency as decidedagency, decided_by as decidedby, decision_reason as decisionreason, event_id as eventid
        from desk_request
        """;

    private const string SelectOne = Columns + " where id = @Id";

    private const string SelectOfDossier = Columns + " where dossier_number = @Number order by requested_at, id";

    private const string SelectWaiting = Columns + " where state = 'waiting' order by requested_at, id limit @Limit";

    // One request after the other for a dossier, so that two that are the same do not both find that none waits.
    private const string LockDossier = "select pg_advisory_xact_lock(hashtextextended('desk ' || @DossierNumber, 0))";

    private const string SelectSame = """
        select exists (select 1 from desk_request where state = 'waiting' and dossier_number = @DossierNumber and action = @Action and step is not distinct from @Step)
        """;

    // What was entered stands in the log now, or is not to stand anywhere.
    private const string Decide = """
        update desk_request set state = @State, decided_at = @DecidedAt, decided_agency = @DecidedAgency, decided_by = @DecidedBy, decision_reason = @DecisionReason,
                                refused_because = @RefusedBecause, event_id = @EventId, result = null
        where id = @Id and state = 'waiting'
        """;

    internal async Task<DeskRequest?> FindAsync(Guid id, CancellationToken cancellationToken) => (await QueryAsync(SelectOne, new { Id = id }, cancellationToken)).SingleOrDefault();

    /// <summary>All that was asked for about a dossier, the oldest first.</summary>
    internal Task<IReadOnlyList<DeskRequest>> OfDossierAsync(string number, CancellationToken cancellationToken) => QueryAsync(SelectOfDossier, new { Number = number }, cancellationToken);

    /// <summary>What waits for a second officer, the oldest first.</summary>
    internal Task<IReadOnlyList<DeskRequest>> WaitingAsync(int limit, CancellationToken cancellationToken) => QueryAsync(SelectWaiting, new { Limit = limit }, cancellationToken);

    /// <summary>Keeps a request, and writes the event that carries it out in the same transaction. False when the same one is waiting already.</summary>
    internal async Task<bool> AddAsync(DeskRequest request, NewEvent? toLog, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var parameters = ParametersOf(request);
        if (request.State == DeskRequestState.Waiting)
        {
            await connection.ExecuteAsync(new CommandDefinition(LockDossier, parameters, transaction, cancellationToken: cancellationToken));
            if (await connection.QuerySingleAsync<bool>(new CommandDefinition(SelectSame, parameters, transaction, cancellationToken: cancellationToken)))
                return false;
        }

        await connection.ExecuteAsync(new CommandDefinition(Insert, parameters, transaction, cancellationToken: cancellationToken));
        await AppendAsync(connection, transaction, toLog, cancellationToken);
        return true;
    }

    /// <summary>Keeps the second officer's decision. False when there is one already.</summary>
    internal async Task<bool> DecideAsync(DeskRequest decided, NewEvent? toLog, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(Decide, ParametersOf(decided), transaction, cancellationToken: cancellationToken)) == 0)
            return false;
        await AppendAsync(connection, transaction, toLog, cancellationToken);
        return true;
    }

    private async Task AppendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, NewEvent? toLog, CancellationToken cancellationToken)
    {
        if (toLog is not null)
        {
            await using var batch = new NpgsqlBatch(connection, transaction);
            AppendStatement.AddTo(batch, [toLog]);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (toLog is not null)
            tail.Wake();
    }

    private async Task<IReadOnlyList<DeskRequest>> QueryAsync(string select, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(select, parameters, cancellationToken: cancellationToken))).Select(r => r.Read())];
    }

    private static object ParametersOf(DeskRequest request) => new
    {
        request.Id,
        request.DossierNumber,
        Action = TextOf(request.Order.Action),
        request.Order.Step,
        request.Order.Matter,
        request.Order.WorkingDays,
        request.Order.Hours,
        request.Order.Version,
        ResultType = request.Order.Result?.Type,
        request.Order.Result?.DocumentHash,
        Result = request.State == DeskRequestState.Waiting && request.Order.Result?.Data is { } data ? data.GetRawText() : null,
        request.Agency,
        request.Officer,
        Reason = request.Order.Reason ?? "",
        State = TextOf(request.State),
        request.RefusedBecause,
        request.RequestedAt,
        request.DecidedAt,
        request.DecidedAgency,
        request.DecidedBy,
        request.DecisionReason,
        request.EventId,
    };

    private static string TextOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private sealed record Row(
        Guid Id, string DossierNumber, string Action, string? Step, string? Matter, int? WorkingDays, int? Hours, int Version, string? ResultType, string? DocumentHash, string? Result,
        string Agency, string Officer, string Reason, string State, string? RefusedBecause, DateTimeOffset RequestedAt, DateTimeOffset? DecidedAt, string? DecidedAgency,
        string? DecidedBy, string? DecisionReason, string? EventId)
    {
        internal DeskRequest Read() => new(Id, DossierNumber, new DeskOrder
        {
            Action = Enum.Parse<DeskAction>(Action, ignoreCase: true),
            Version = Version,
            Reason = Reason,
            Step = Step,
            Matter = Matter,
            WorkingDays = WorkingDays,
            Hours = Hours,
            Result = ResultType is null && DocumentHash is null ? null : new EnteredResult(ResultType, DocumentHash, Result is null ? null : SubscriptionsJson.Read<JsonElement>(Result)),
        }, Agency, Officer, Enum.Parse<DeskRequestState>(State, ignoreCase: true), RequestedAt)
        {
            RefusedBecause = RefusedBecause,
            DecidedAt = DecidedAt,
            DecidedAgency = DecidedAgency,
            DecidedBy = DecidedBy,
            DecisionReason = DecisionReason,
            EventId = EventId,
        };
    }
}
