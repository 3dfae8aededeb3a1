using Dapper;
using ExchangeBus.Delivery.Webhooks.Pacing;
using ExchangeBus.Delivery.Webhooks.Signing;
using Npgsql;

namespace ExchangeBus.Delivery.Webhooks.Endpoints;

/// <summary>An endpoint as it stood at a version; each change of it or of its keys makes another.</summary>
internal sealed record EndpointVersion(int Version, WebhookEndpoint Endpoint);

/// <summary>Endpoints as the nodes that deliver read them.</summary>
internal sealed class EndpointStore(NpgsqlDataSource dataSource, SecretSeal seal)
{
    private const string SelectVersions = "select subscription, version from webhook_endpoint where subscription = any (@Subscriptions)";

    private const string SelectEndpoint = """
        select version, address, concurrency::int, time_limit as timelimit, requests_per_minute as requestsperminute, retry_for as retryfor
        from webhook_endpoint where subscription = @Subscription
        """;

    private const string SelectKeys = """
        select id, secret, valid_from as validfrom, valid_until as validuntil from webhook_key where subscription = @Subscription and withdrawn_at is null order by created_at, id
        """;

    private const string UpdateCircuits = """
        update webhook_endpoint e
        set circuit = c.circuit, circuit_since = c.since, circuit_until = c.until, circuit_failures = c.failures
        from unnest(@Subscriptions, @Circuits, @Sinces, @Untils, @Failures) as c (subscription, circuit, since, until, failures)
        where e.subscription = c.subscription
        """;

    private readonly Dictionary<string, CircuitStatus> _saved = new(StringComparer.Ordinal);

    internal async Task<IReadOnlyDictionary<string, int>> VersionsAsync(string[] subscriptions, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(string Subscription, int Version)>(new CommandDefinition(
            SelectVersions, new { Subscriptions = subscriptions }, cancellationToken: cancellationToken))).ToDictionary(v => v.Subscription, v => v.Version);
    }

    /// <summary>Null for a subscription that was not told yet where to deliver.</summary>
    internal async Task<EndpointVersion?> FindAsync(string subscription, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var version = await connection.QuerySingleOrDefaultAsync<EndpointRow>(new CommandDefinition(SelectEndpoint, new { Subscription = subscription }, cancellationToken: cancellationToken));
        if (version is null)
            return null;
        // After the version: keys that somebody changes now come with another version, and are read again.
        var keys = await connection.QueryAsync<KeyRow>(new CommandDefinition(SelectKeys, new { Subscription = subscription }, cancellationToken: cancellationToken));
        return new EndpointVersion(version.Version, new WebhookEndpoint
        {
            Name = subscription,
            Address = new Uri(version.Address),
            Secrets = [.. keys.Select(k => WebhookSecret.TryRead(seal.Open(subscription, k.Id, k.Secret), k.ValidFrom, k.ValidUntil, out var secret) ? secret : null).OfType<WebhookSecret>()],
            Concurrency = version.Concurrency,
            TimeLimit = version.TimeLimit,
            RequestsPerMinute = version.RequestsPerMinute,
            RetryFor = version.RetryFor,
        });
    }

    /// <summary>Writes down how the endpoints do, where that has changed.</summary>
    internal async Task SaveCircuitsAsync(string[] subscriptions, EndpointStates states, CancellationToken cancellationToken)
    {
        var moved = subscriptions.Select(s => (Subscription: s, Status: states.Find(s))).Where(s => s.Status is { } status && (!_saved.TryGetValue(s.Subscription, out var known) || known != status))
            .Select(s => (s.Subscription, Status: s.Status!.Value)).ToArray();
        if (moved.Length == 0)
            return;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(UpdateCircuits, new
        {
            Subscriptions = moved.Select(m => m.Subscription).ToArray(),
            Circuits = moved.Select(m => TextOf(m.Status.State)).ToArray(),
            Sinces = moved.Select(m => m.Status.Since).ToArray(),
            Untils = moved.Select(m => m.Status.OpenUntil).ToArray(),
            Failures = moved.Select(m => m.Status.Failures).ToArray(),
        }, cancellationToken: cancellationToken));
        foreach (var (subscription, status) in moved)
            _saved[subscription] = status;
    }

    private static string TextOf(CircuitState state) => state switch
    {
        CircuitState.Open => "open",
        CircuitState.HalfOpen => "half-open",
        _ => "closed",
    };

    private sealed record EndpointRow(int Version, string Address, int Concurrency, TimeSpan TimeLimit, int? RequestsPerMinute, TimeSpan RetryFor);

    // A class: a record would print the key.
    private sealed class KeyRow
    {
        public required Guid Id { get; init; }

        public required string Secret { get; init; }

        public DateTimeOffset? ValidFrom { get; init; }

        public DateTimeOffset? ValidUntil { get; init; }
    }
}
