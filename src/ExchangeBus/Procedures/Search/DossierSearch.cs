using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Dapper;
using ExchangeBus.Procedures.Dossiers;
using Npgsql;

namespace ExchangeBus.Procedures.Search;

/// <summary>Finds dossiers of all procedures, the newest first.</summary>
internal sealed class DossierSearch(NpgsqlDataSource dataSource, KnownNumbers numbers)
{
    private const int MostOfANumber = 1_000;

    private const string Select = """
        select @Procedure as procedure, dossier_number as dossiernumber, version, current_state as state, commune, holders, due_at as dueat,
               coalesce((data ->> 'isLate')::boolean, false) as islate, coalesce(jsonb_array_length(data -> 'matters'), 0) as matters,
               submitted_at as submittedat, updated_at as updatedat
        from procedures.{table}
        """;

    private const string Where = """

        where (@Numbers::text[] is null or dossier_number = any(@Numbers))
          and (@States::text[] is null or current_state = any(@States))
          and (@Holder::text is null or @Holder = any(string_to_array(holders, ',')))
          and (@Commune::text is null or commune = @Commune or province = @Commune)
          and (@IsLate::boolean is null or coalesce((data ->> 'isLate')::boolean, false) = @IsLate)
          and (@DueBefore::timestamptz is null or due_at < @DueBefore)
          and (@Matter::text is null or exists (select 1 from jsonb_array_elements(data -> 'matters') m where @Matter = '*' or m ->> 'code' = @Matter))
          and (@Step::text is null or data #>> array['steps', @Step, 'status'] in ('Waiting', 'Paused', 'Blocked'))
        """;

    private const string Page = """

          and (@AfterAt::timestamptz is null or (submitted_at, dossier_number) < (@AfterAt, @AfterNumber))
        order by submitted_at desc, dossier_number desc limit @Limit
        """;

    private const string Count = "select count(*) from procedures.{table}";

    /// <summary>A page.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">What the page before said comes next; null for the first. What cannot be read begins at the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<FoundDossiers> PageAsync(DossierFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var found = new List<FoundDossier>();
        var (afterAt, afterNumber) = ReadPlace(after);
        foreach (var procedure in ProceduresOf(filter))
        {
            var parameters = await ParametersAsync(filter, procedure, afterAt, afterNumber, limit + 1, cancellationToken);
            found.AddRange(await connection.QueryAsync<FoundDossier>(new CommandDefinition(procedure.In(Select + Where + Page), parameters, cancellationToken: cancellationToken)));
        }

        FoundDossier[] page = [.. found.OrderByDescending(d => d.SubmittedAt).ThenByDescending(d => d.DossierNumber, StringComparer.Ordinal).Take(limit)];
        return new FoundDossiers(page, found.Count > limit ? PlaceOf(page[^1]) : null);
    }

    internal async Task<long> CountAsync(DossierFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var sum = 0L;
        foreach (var procedure in ProceduresOf(filter))
        {
            var parameters = await ParametersAsync(filter, procedure, null, null, 0, cancellationToken);
            sum += await connection.QuerySingleAsync<long>(new CommandDefinition(procedure.In(Count + Where), parameters, cancellationToken: cancellationToken));
        }

        return sum;
    }

    private static IEnumerable<RegisteredProcedure> ProceduresOf(DossierFilter filter) => RegisteredProcedure.All.Where(p => filter.Procedure is null || filter.Procedure == p.Name);

    private async Task<object> ParametersAsync(
        DossierFilter filter, RegisteredProcedure procedure, DateTimeOffset? afterAt, string? afterNumber, int limit, CancellationToken cancellationToken) => new
        {
            Procedure = procedure.Name,
            Numbers = filter.Number is { } number ? (string[])[number, .. await numbers.FindAsync(number, MostOfANumber, cancellationToken)] : null,
            States = filter.States?.ToArray(),
            filter.Holder,
            filter.Commune,
            filter.IsLate,
            DueBefore = filter.DueBefore?.ToUniversalTime(),
            filter.Matter,
            filter.Step,
            AfterAt = afterAt,
            AfterNumber = afterNumber,
            Limit = limit,
        };

    private static string PlaceOf(FoundDossier last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.SubmittedAt.UtcTicks} {last.DossierNumber}")));

    private static (DateTimeOffset?, string?) ReadPlace(string? after)
    {
        if (after is null || !Base64Url.IsValid(after))
            return (null, null);
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after)).Split(' ', 2);
        return parts.Length == 2 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), parts[1])
            : (null, null);
    }
}
