using System.Text.Json.Nodes;
using Dapper;
using ExchangeBus.Contracts;
using Npgsql;

namespace ExchangeBus.Subscriptions;

/// <summary>Subscriptions in PostgreSQL. A change is a new version; nothing is overwritten.</summary>
internal sealed class SubscriptionStore(NpgsqlDataSource dataSource, RuleChange change)
{
    private const string SelectPartitions = "select partitions from subscription where name = @Name";

    private const string SelectOrigin = "select origin from subscription where name = @Name";

    private const string SelectNewestVersion = """
        select subscription, version, from_sequence as fromsequence, state, terms::text as terms, changed_at as changedat, changed_by as changedby, reason
        from subscription_version where subscription = @Name order by version desc limit 1
        """;

    private const string InsertSubscription = """
        insert into subscription (name, agency, way, is_ordered, acknowledges, partitions, from_sequence, origin, created_at)
        values (@Name, @Agency, @Way, @IsOrdered, @Acknowledges, @Partitions, @FromSequence, @Origin, @Now)
        """;

    private const string InsertVersion = """
        insert into subscription_version (subscription, version, from_sequence, state, terms, changed_at, changed_by, reason)
        values (@Subscription, @Version, @FromSequence, @State, @Terms::jsonb, @ChangedAt, @ChangedBy, @Reason)
        """;

    private const string MarkEnded = """
        update subscription set withdrawn_at = case when @IsEnded then coalesce(withdrawn_at, @Now) end where name = @Name
        """;

    private const string InsertPositions = """
        insert into delivery_position (subscription, partition, read, delivered, acknowledged, counted_from, counted, reached)
        select s.name, p, s.from_sequence, s.from_sequence, s.from_sequence, s.from_sequence, s.from_sequence, s.from_sequence
        from subscription s cross join generate_series(0, s.partitions - 1) as p
        where s.name = @Name
        on conflict do nothing
        """;

    private const string SelectConfigured = """
        select name from subscription where withdrawn_at is null and origin = 'configuration' and agency <> @BusAgency and name <> all (@Kept)
        """;

    /// <summary>Those that an earlier configuration made, that run, and that are not among <paramref name="kept"/>.</summary>
    internal async Task<IReadOnlyList<string>> ConfiguredBeforeAsync(IEnumerable<string> kept, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<string>(new CommandDefinition(
            SelectConfigured, new { Subscription.BusAgency, Kept = kept.ToArray() }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>The newest version; null when there is no such subscription.</summary>
    internal async Task<SubscriptionVersion?> NewestAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<VersionRow>(new CommandDefinition(SelectNewestVersion, new { Name = name }, cancellationToken: cancellationToken)))?.Read();
    }

    /// <summary>Whether the configuration says what it is.</summary>
    internal async Task<bool> IsConfiguredAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(SelectOrigin, new { Name = name }, cancellationToken: cancellationToken)) == "configuration";
    }

    internal async Task<int?> PartitionsAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<short?>(new CommandDefinition(SelectPartitions, new { Name = name }, cancellationToken: cancellationToken));
    }

    /// <summary>Writes the next version; returns it with the position after which it holds.</summary>
    /// <param name="subscription">Made when <paramref name="before"/> is null.</param>
    /// <param name="before">The version that was read; null when the subscription is new.</param>
    /// <param name="state">Where it stands now.</param>
    /// <param name="terms">What it asks for now.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isConfigured">The configuration says what it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ChangedMeanwhileException">Somebody was faster.</exception>
    internal async Task<SubscriptionVersion> ChangeAsync(
        Subscription subscription, SubscriptionVersion? before, SubscriptionState state, SubscriptionTerms terms, string by, string reason, bool isConfigured,
        CancellationToken cancellationToken)
    {
        var version = new SubscriptionVersion(subscription.Name, (before?.Version ?? 0) + 1, 0, state, terms, change.Now, by, reason);
        // Nobody can have read anything for one that did not exist, so that what the configuration makes needs no event.
        var announcement = before is null && isConfigured ? null : change.Announce(EventTypes.SubscriptionChanged, subscription.Name, subscription.Agency, new JsonObject
        {
            ["subscription"] = subscription.Name,
            ["version"] = version.Version,
            ["agency"] = subscription.Agency,
            ["state"] = StateText(state),
        });
        await change.RunAsync(announcement, (transaction, position) =>
        {
            version = version with { FromSequence = position };
            return WriteAsync(transaction, subscription, version, isConfigured, cancellationToken);
        }, cancellationToken);
        return version;
    }

    internal static string StateText(SubscriptionState state) => state.ToString().ToLowerInvariant();

    private static async Task WriteAsync(
        NpgsqlTransaction transaction, Subscription subscription, SubscriptionVersion version, bool isConfigured, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        Task<int> Run(string sql, object parameters) => connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        if (version.Version == 1)
        {
            await Run(InsertSubscription, new
            {
                subscription.Name,
                subscription.Agency,
                Way = subscription.Way.ToString().ToLowerInvariant(),
                subscription.IsOrdered,
                subscription.Acknowledges,
                Partitions = (short)subscription.Partitions,
                version.FromSequence,
                Origin = isConfigured ? "configuration" : "request",
                Now = version.ChangedAt,
            });
            await Run(InsertPositions, new { subscription.Name });
        }

        await Run(InsertVersion, new
        {
            version.Subscription,
            version.Version,
            version.FromSequence,
            State = StateText(version.State),
            Terms = SubscriptionsJson.Write(version.Terms),
            version.ChangedAt,
            version.ChangedBy,
            version.Reason,
        });
        await Run(MarkEnded, new { subscription.Name, IsEnded = version.State == SubscriptionState.Ended, Now = version.ChangedAt });
    }

    internal sealed record VersionRow(string Subscription, int Version, long FromSequence, string State, string Terms, DateTimeOffset ChangedAt, string ChangedBy, string Reason)
    {
        internal SubscriptionVersion Read() => new(
            Subscription, Version, FromSequence, Enum.Parse<SubscriptionState>(State, ignoreCase: true), SubscriptionsJson.Read<SubscriptionTerms>(Terms), ChangedAt, ChangedBy, Reason);
    }
}
