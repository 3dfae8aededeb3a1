using Dapper;
using ExchangeBus.Delivery.Webhooks.Signing;
using Npgsql;

namespace ExchangeBus.Delivery.Webhooks.Endpoints;

/// <summary>Who changes an endpoint, and why.</summary>
internal sealed record ChangedBy(string Name, string Reason);

/// <summary>Endpoints as their agencies write and see them. Every change is kept with who and why.</summary>
internal sealed class EndpointWriter(NpgsqlDataSource dataSource, SecretSeal seal, TimeProvider time)
{
    private const string Upsert = """
        insert into webhook_endpoint as e (subscription, version, address, concurrency, time_limit, requests_per_minute, retry_for, changed_at)
        values (@Name, 1, @Address, @Concurrency, @TimeLimit, @RequestsPerMinute, @RetryFor, @Now)
        on conflict (subscription) do update
        set version = e.version + 1, address = excluded.address, concurrency = excluded.concurrency, time_limit = excluded.time_limit,
            requests_per_minute = excluded.requests_per_minute, retry_for = excluded.retry_for, changed_at = excluded.changed_at
        returning version
        """;

    private const string Move = "update webhook_endpoint set version = version + 1, changed_at = @Now where subscription = @Name returning version";

    private const string Withdraw = """
        update webhook_key set secret = null, withdrawn_at = @Now
        where subscription = @Name and withdrawn_at is null and (@Id::uuid is null or id = @Id)
        """;

    private const string InsertKey = """
        insert into webhook_key (id, subscription, secret, kind, public_key, valid_from, valid_until, created_at)
        values (@Id, @Name, @Secret, @Kind, @PublicKey, @ValidFrom, @ValidUntil, @Now)
        """;

    private const string InsertChange = """
        insert into webhook_change (subscription, version, action, changed_at, changed_by, reason) values (@Name, @Version, @Action, @Now, @By, @Reason)
        """;

    private const string SelectView = """
        select e.address, e.concurrency::int, e.time_limit as timelimit, e.requests_per_minute as requestsperminute, e.retry_for as retryfor,
               e.circuit, e.circuit_since as circuitsince, e.circuit_until as circuituntil, e.circuit_failures as circuitfailures,
               (select count(*)::int from waiting_delivery w where w.subscription = e.subscription) as waiting,
               c.changed_at as changedat, c.changed_by as changedby, c.reason
        from webhook_endpoint e join webhook_change c on c.subscription = e.subscription and c.version = e.version
        where e.subscription = @Name
        """;

    private const string SelectKeys = """
        select id, kind, public_key as publickey, valid_from as validfrom, valid_until as validuntil, created_at as createdat
        from webhook_key where subscription = @Name and withdrawn_at is null order by created_at, id
        """;

    private const string SelectSecrets = "select id, secret from webhook_key where subscription = @Name and withdrawn_at is null order by created_at, id";

    /// <param name="endpoint">Where and how.</param>
    /// <param name="keys">Replace those that there are; null keeps them.</param>
    /// <param name="by">Who and why.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal Task SaveAsync(WebhookEndpoint endpoint, IReadOnlyList<NewKey>? keys, ChangedBy by, CancellationToken cancellationToken) => ChangeAsync(endpoint.Name, "settings", by, async run =>
    {
        var version = await run(Upsert, new
        {
            endpoint.Name,
            Address = endpoint.Address.OriginalString,
            Concurrency = (short)endpoint.Concurrency,
            endpoint.TimeLimit,
            endpoint.RequestsPerMinute,
            endpoint.RetryFor,
            Now = time.GetUtcNow(),
        });
        if (keys is null)
            return version;
        await run(Withdraw, new { endpoint.Name, Id = (Guid?)null, Now = time.GetUtcNow() });
        foreach (var key in keys)
            await run(InsertKey, ParametersOf(endpoint.Name, key));
        return version;
    }, cancellationToken);

    internal Task AddKeyAsync(string name, NewKey key, ChangedBy by, CancellationToken cancellationToken) => ChangeAsync(name, "key-added", by, async run =>
    {
        await run(InsertKey, ParametersOf(name, key));
        return await run(Move, new { Name = name, Now = time.GetUtcNow() });
    }, cancellationToken);

    internal Task WithdrawKeyAsync(string name, Guid id, ChangedBy by, CancellationToken cancellationToken) => ChangeAsync(name, "key-withdrawn", by, async run =>
    {
        await run(Withdraw, new { Name = name, Id = (Guid?)id, Now = time.GetUtcNow() });
        return await run(Move, new { Name = name, Now = time.GetUtcNow() });
    }, cancellationToken);

    /// <summary>Null when the subscription was not told yet where to deliver.</summary>
    internal async Task<EndpointView?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<EndpointViewRow>(new CommandDefinition(SelectView, new { Name = name }, cancellationToken: cancellationToken));
        return row is null ? null : row.Read(name, (await connection.QueryAsync<KeyView>(new CommandDefinition(SelectKeys, new { Name = name }, cancellationToken: cancellationToken))).AsList());
    }

    /// <summary>The keys that stay when settings come without keys; null when there are none yet. What cannot be opened is left out.</summary>
    internal async Task<IReadOnlyList<NewKey>?> KeysAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var stored = (await connection.QueryAsync<(Guid Id, string Secret)>(new CommandDefinition(SelectSecrets, new { Name = name }, cancellationToken: cancellationToken))).AsList();
        return stored.Count == 0 ? null : [.. stored.Select(s => seal.Open(name, s.Id, s.Secret)).OfType<string>().Select(text => new NewKey { Text = text })];
    }

    private async Task ChangeAsync(string name, string action, ChangedBy by, Func<Func<string, object, Task<int>>, Task<int>> change, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        Task<int> Run(string sql, object parameters) => connection.ExecuteScalarAsync<int>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        var version = await change(Run);
        await Run(InsertChange, new { Name = name, Version = version, Action = action, Now = time.GetUtcNow(), By = by.Name, by.Reason });
        await transaction.CommitAsync(cancellationToken);
    }

    private object ParametersOf(string name, NewKey key) => new
    {
        key.Id,
        Name = name,
        Secret = seal.Seal(name, key.Id, key.Text),
        key.Kind,
        key.PublicKey,
        key.ValidFrom,
        key.ValidUntil,
        Now = time.GetUtcNow(),
    };
}
