using Dapper;
using Npgsql;

namespace ExchangeBus.Procedures.Timeline;

/// <summary>One thing that happened to a dossier.</summary>
/// <param name="Version">Version that the dossier had after it.</param>
/// <param name="At">When the bus took it.</param>
/// <param name="EventType">Type of the event.</param>
/// <param name="EventId">Its id.</param>
/// <param name="Source">Which system said it.</param>
/// <param name="Officer">Agency and code of the officer, where one has acted.</param>
/// <param name="Note">How it was taken: null when it was expected; else <c>repeated</c>, <c>contradicts</c>, or why the desk's action was not possible any more.</param>
/// <param name="FromState">State before; null for the first.</param>
/// <param name="ToState">State after.</param>
/// <param name="Holders">Who held the dossier after it.</param>
/// <param name="DueBefore">The nearest deadline before.</param>
/// <param name="DueAt">The nearest deadline after.</param>
/// <param name="IsLate">Whether a deadline had passed.</param>
/// <param name="After">Time since what happened before it; null for the first.</param>
/// <param name="TextVi">In plain Vietnamese.</param>
/// <param name="TextEn">In plain English.</param>
internal sealed record TimelineEntry(
    int Version, DateTimeOffset At, string EventType, string? EventId, string? Source, string? Officer, string? Note, string? FromState, string? ToState, IReadOnlyList<string> Holders,
    DateTimeOffset? DueBefore, DateTimeOffset? DueAt, bool IsLate, TimeSpan? After, string TextVi, string TextEn);

/// <summary>Tells the history of a dossier in plain words.</summary>
internal sealed class DossierTimeline(NpgsqlDataSource dataSource)
{
    private const string Select = """
        select version, at, event_type as eventtype, event_id as eventid, source, officer, note, from_state as fromstate, to_state as tostate, holders,
               lag(due_at) over (order by version) as duebefore, due_at as dueat, is_late as islate, at - lag(at) over (order by version) as after
        from dossier_history where dossier_number = @Number and procedure = @Procedure order by version
        """;

    /// <summary>From the first to the last.</summary>
    internal async Task<IReadOnlyList<TimelineEntry>> OfAsync(string number, string procedure, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(Select, new { Number = number, Procedure = procedure }, cancellationToken: cancellationToken))).Select(r => r.Read())];
    }

    private sealed record Row(
        int Version, DateTimeOffset At, string EventType, string? EventId, string? Source, string? Officer, string? Note, string? FromState, string? ToState, string Holders,
        DateTimeOffset? DueBefore, DateTimeOffset? DueAt, bool IsLate, TimeSpan? After)
    {
        internal TimelineEntry Read()
        {
            var (vi, en) = TimelineText.Of(EventType, Note, Officer);
            return new TimelineEntry(Version, At, EventType, EventId, Source, Officer, Note, FromState is "Initial" ? null : FromState, ToState,
                Holders.Split(',', StringSplitOptions.RemoveEmptyEntries), DueBefore, DueAt, IsLate, After, vi, en);
        }
    }
}
