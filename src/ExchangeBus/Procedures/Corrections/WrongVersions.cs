using Dapper;
using ExchangeBus.Log;
using ExchangeBus.Procedures.Tracing;
using Npgsql;

namespace ExchangeBus.Procedures.Corrections;

/// <summary>A correction that nobody was told of yet.</summary>
internal sealed record UntoldCorrection(
    Guid EventKey, long Sequence, DateTimeOffset RecordedAt, string Type, string Source, string Id, string? Subject, string? Record, string? DossierNumber, Guid? Person);

/// <summary>What carried the wrong version.</summary>
/// <param name="Events">Those that stand in the log, in its order.</param>
/// <param name="Lost">How many more there were, in days that the log does not have any more.</param>
/// <param name="DossierNumber">The dossier of the registration; null outside of any.</param>
internal sealed record FoundVersions(IReadOnlyList<LoggedEvent> Events, int Lost, string? DossierNumber);

/// <summary>
/// Finds the events that a correction makes wrong: those that name the record of the book, and what came of the registration in its dossier; of a number that was
/// replaced, all that carried it.
/// </summary>
internal sealed class WrongVersions(NpgsqlDataSource dataSource, LogReader log, EventTraces traces)
{
    private const int Page = 500;

    private const string SelectDossier = "select dossier_number from registration where record = @Record";

    private const string SelectTraced = """
        select distinct sequence, recorded_at as recordedat from event_trace where key = any(@Keys) and sequence < @Sequence order by sequence
        """;

    internal async Task<FoundVersions> FindAsync(UntoldCorrection correction, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var dossier = correction.Record is null ? null
            : await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(SelectDossier, new { correction.Record }, cancellationToken: cancellationToken)) ?? correction.DossierNumber;
        var places = (await connection.QueryAsync<Place>(new CommandDefinition(
            SelectTraced, new { Keys = KeysOf(correction, dossier), correction.Sequence }, cancellationToken: cancellationToken))).AsList();
        var (found, read, lost) = (new List<LoggedEvent>(), new List<LoggedEvent>(Page), 0);
        foreach (var page in places.Chunk(Page))
        {
            await log.ReadThoseAsync([.. page.Select(p => p.Sequence)], page.Min(p => p.RecordedAt), page.Max(p => p.RecordedAt), read, cancellationToken);
            found.AddRange(read.Where(e => correction.Person is not null || TracedTypes.All[e.Type].CarriesRegistration));
            lost += page.Length - read.Count;
        }

        return new FoundVersions(found, lost, dossier);
    }

    private Guid[] KeysOf(UntoldCorrection correction, string? dossier)
    {
        if (correction.Person is { } person)
            return [person];
        var record = traces.OfRecord(correction.Record!);
        return dossier is null ? [record] : [record, traces.OfDossier(dossier)];
    }

    private sealed record Place(long Sequence, DateTimeOffset RecordedAt);
}
