using System.Text.Json.Nodes;
using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Release;
using Npgsql;

namespace ExchangeBus.Subscriptions.Agreements;

/// <summary>Agreements in PostgreSQL. A change is a new version; nothing is overwritten.</summary>
internal sealed class AgreementStore(NpgsqlDataSource dataSource, ReleasableTypes types, RuleChange change)
{
    private const string SelectOne = "select id, agency, owner, origin from agreement where id = @Id";

    private const string SelectOfAgency = "select id, agency, owner, origin from agreement where agency = @Agency or owner = @Agency order by id";

    private const string SelectVersions = """
        select agreement, version, from_sequence as fromsequence, state, terms::text as terms, array_to_string(known, ' ') as known, changed_at as changedat, changed_by as changedby, reason
        from agreement_version where agreement = any(@Ids) order by agreement, version
        """;

    private const string SelectOwners = "select code, owns from agency";

    private const string InsertAgreement = """
        insert into agreement (id, agency, owner, origin, created_at) values (@Id, @Agency, @Owner, @Origin, @Now) on conflict (id) do nothing
        """;

    private const string InsertVersion = """
        insert into agreement_version (agreement, version, from_sequence, state, terms, known, changed_at, changed_by, reason)
        values (@Agreement, @Version, @FromSequence, @State, @Terms::jsonb, @Known, @ChangedAt, @ChangedBy, @Reason)
        """;

    private const string InsertKnown = "insert into known_fields (hash, type, fields) values (@Hash, @Type, @Fields) on conflict do nothing";

    internal async Task<Agreement?> FindAsync(string id, CancellationToken cancellationToken) =>
        await LoadAsync(SelectOne, new { Id = id }, cancellationToken) is [var found] ? found : null;

    /// <summary>All that an agency receives by or has approved.</summary>
    internal Task<IReadOnlyList<Agreement>> OfAgencyAsync(string agency, CancellationToken cancellationToken) =>
        LoadAsync(SelectOfAgency, new { Agency = agency }, cancellationToken);

    /// <summary>Which types each agency decides on.</summary>
    internal async Task<IReadOnlyList<(string Agency, string[] Owns)>> OwnersAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(string, string[])>(new CommandDefinition(SelectOwners, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Writes the next version; returns it with the position after which it holds.</summary>
    /// <param name="agreement">The agreement as it was read; without versions when it is new.</param>
    /// <param name="state">Where it stands now.</param>
    /// <param name="terms">What it says now.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isSilent">No event tells of it: nobody can have read anything under it yet.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ChangedMeanwhileException">Somebody was faster.</exception>
    internal async Task<AgreementVersion> ChangeAsync(
        Agreement agreement, AgreementState state, AgreementTerms terms, string by, string reason, bool isSilent, CancellationToken cancellationToken)
    {
        var before = agreement.Versions.Count > 0 ? agreement.Current : null;
        var isSame = before is not null && SubscriptionsJson.Write(before.Terms) == SubscriptionsJson.Write(terms);
        var known = types.All.Where(t => terms.Releases.SelectMany(r => r.Types).Any(p => Agencies.TypePattern.Matches(p, t.Name))).ToArray();
        // Who only changes the state has not looked at newer schemas.
        var hashes = isSame ? before!.Known : [.. known.Select(k => k.Hash).Order(StringComparer.Ordinal)];
        var version = new AgreementVersion(agreement.Id, (before?.Version ?? 0) + 1, 0, state, terms, hashes, change.Now, by, reason);
        var announcement = isSilent ? null : change.Announce(EventTypes.AgreementChanged, agreement.Id, agreement.Agency, new JsonObject
        {
            ["agreement"] = agreement.Id,
            ["version"] = version.Version,
            ["agency"] = agreement.Agency,
            ["owner"] = agreement.Owner,
            ["state"] = StateText(state),
        });
        await change.RunAsync(announcement, (transaction, position) =>
        {
            version = version with { FromSequence = position };
            return WriteAsync(transaction, agreement, version, isSame ? [] : known, cancellationToken);
        }, cancellationToken);
        return version;
    }

    internal static string StateText(AgreementState state) => state.ToString().ToLowerInvariant();

    private static async Task WriteAsync(
        NpgsqlTransaction transaction, Agreement agreement, AgreementVersion version, IReadOnlyList<ReleasableType> known, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        if (version.Version == 1)
        {
            await connection.ExecuteAsync(new CommandDefinition(InsertAgreement, new
            {
                agreement.Id,
                agreement.Agency,
                agreement.Owner,
                Origin = agreement.IsConfigured ? "configuration" : "request",
                Now = version.ChangedAt,
            }, transaction, cancellationToken: cancellationToken));
        }

        foreach (var type in known)
            await connection.ExecuteAsync(new CommandDefinition(InsertKnown, new { type.Hash, Type = type.Name, Fields = type.Fields.ToArray() }, transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(InsertVersion, new
        {
            version.Agreement,
            version.Version,
            version.FromSequence,
            State = StateText(version.State),
            Terms = SubscriptionsJson.Write(version.Terms),
            Known = version.Known.ToArray(),
            version.ChangedAt,
            version.ChangedBy,
            version.Reason,
        }, transaction, cancellationToken: cancellationToken));
    }

    private async Task<IReadOnlyList<Agreement>> LoadAsync(string select, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<(string Id, string Agency, string Owner, string Origin)>(
            new CommandDefinition(select, parameters, cancellationToken: cancellationToken))).AsList();
        var versions = (await connection.QueryAsync<VersionRow>(
            new CommandDefinition(SelectVersions, new { Ids = rows.Select(r => r.Id).ToArray() }, cancellationToken: cancellationToken))).ToLookup(v => v.Agreement);
        return [.. rows.Select(r => new Agreement(r.Id, r.Agency, r.Owner, r.Origin == "configuration", [.. versions[r.Id].Select(v => v.Read())]))];
    }

    internal sealed record VersionRow(
        string Agreement, int Version, long FromSequence, string State, string Terms, string Known, DateTimeOffset ChangedAt, string ChangedBy, string Reason)
    {
        internal AgreementVersion Read() => new(
            Agreement, Version, FromSequence, Enum.Parse<AgreementState>(State, ignoreCase: true), SubscriptionsJson.Read<AgreementTerms>(Terms), Known.Split(' ', StringSplitOptions.RemoveEmptyEntries), ChangedAt, ChangedBy, Reason);
    }
}
