using System.Collections.Frozen;
using System.Data;
using Dapper;
using ExchangeBus.Checks;
using ExchangeBus.Release;
using ExchangeBus.Subscriptions.Agreements;
using Npgsql;

namespace ExchangeBus.Subscriptions.Rules;

/// <summary>Reads all rules as they stood at one moment.</summary>
internal sealed class RuleStore(NpgsqlDataSource dataSource, ReleasableTypes types, Jurisdictions jurisdictions)
{
    private const string SelectVersion = "select version from delivery_rules";

    private const string SelectAgreements = "select id from agreement";

    private const string SelectAgreementVersions = """
        select agreement, version, from_sequence as fromsequence, state, terms::text as terms, array_to_string(known, ' ') as known, changed_at as changedat, changed_by as changedby, reason
        from agreement_version order by agreement, version
        """;

    private const string SelectKnown = "select hash, type, fields from known_fields";

    private const string SelectSubscriptions = "select name, agency, way, partitions::int, is_ordered as isordered, acknowledges from subscription";

    private const string SelectSubscriptionVersions = """
        select subscription, version, from_sequence as fromsequence, state, terms::text as terms, changed_at as changedat, changed_by as changedby, reason
        from subscription_version order by subscription, version
        """;

    internal async Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(SelectVersion, cancellationToken: cancellationToken));
    }

    internal async Task<RuleSet> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // One moment for all tables: a change that is half seen would be judged by a rule that never was.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        Task<IEnumerable<T>> Query<T>(string sql) => connection.QueryAsync<T>(new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellationToken));

        var version = (await Query<long>(SelectVersion)).Single();
        var known = (await Query<(string Hash, string Type, string[] Fields)>(SelectKnown)).Select(k => new KnownFields(k.Hash, k.Type, k.Fields)).ToFrozenDictionary(k => k.Hash);
        var agreementVersions = (await Query<AgreementStore.VersionRow>(SelectAgreementVersions)).Select(r => r.Read()).ToLookup(v => v.Agreement);
        var agreements = (await Query<string>(SelectAgreements)).Where(agreementVersions.Contains).ToFrozenDictionary(id => id, id =>
            new AgreementRules(id, [.. agreementVersions[id].Select(v => new AgreementRule(v, known, types, jurisdictions))]));
        var versions = (await Query<SubscriptionStore.VersionRow>(SelectSubscriptionVersions)).Select(r => r.Read()).ToLookup(v => v.Subscription);
        var subscriptions = (await Query<SubscriptionRow>(SelectSubscriptions)).Where(s => versions.Contains(s.Name)).ToFrozenDictionary(s => s.Name, s =>
            new SubscriptionRules(s.Read(), [.. versions[s.Name].Select(v => new SubscriptionRule(v, Named(v.Terms.Agreements, agreements)))], jurisdictions));
        var through = agreementVersions.SelectMany(v => v).Select(v => v.FromSequence).Concat(versions.SelectMany(v => v).Select(v => v.FromSequence)).DefaultIfEmpty(0).Max();
        return new RuleSet(version, through, subscriptions);
    }

    /// <summary>Some versions of agreements, ready to judge.</summary>
    internal async Task<IReadOnlyList<AgreementRules>> ReadyAsync(IReadOnlyList<AgreementVersion> agreementVersions, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var known = (await connection.QueryAsync<(string Hash, string Type, string[] Fields)>(new CommandDefinition(SelectKnown, cancellationToken: cancellationToken)))
            .Select(k => new KnownFields(k.Hash, k.Type, k.Fields)).ToFrozenDictionary(k => k.Hash);
        return [.. agreementVersions.Select(v => new AgreementRules(v.Agreement, [new AgreementRule(v, known, types, jurisdictions)]))];
    }

    private static AgreementRules[] Named(IEnumerable<string> names, FrozenDictionary<string, AgreementRules> agreements) =>
        [.. names.Select(agreements.GetValueOrDefault).OfType<AgreementRules>()];

    private sealed record SubscriptionRow(string Name, string Agency, string Way, int Partitions, bool IsOrdered, bool Acknowledges)
    {
        internal Subscription Read() => new(Name, Agency, Enum.Parse<Way>(Way, ignoreCase: true), Partitions, IsOrdered, Acknowledges);
    }
}
