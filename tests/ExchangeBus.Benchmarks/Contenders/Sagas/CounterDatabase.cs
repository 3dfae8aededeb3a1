using Dapper;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;
using Npgsql;

namespace ExchangeBus.Benchmarks.Contenders.Sagas;

/// <summary>A database of one contender alone, so that the server's own counts are the contender's.</summary>
internal sealed class CounterDatabase : IAsyncDisposable
{
    private const string ReadTransactions = "select xact_commit + xact_rollback from pg_stat_database where datname = @name";
    private const string ReadTime = "select clock_timestamp()";
    private const string CountSessions = "select count(*) from pg_stat_activity where datname = @name and backend_type = 'client backend' and backend_start < @before";
    private const int Sessions = 20;
    private const int MostLooks = 400;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(25);

    private readonly string _maintenance;
    private readonly string _unpooled;

    private CounterDatabase(string maintenance, string own, string name)
    {
        _maintenance = new NpgsqlConnectionStringBuilder(maintenance) { Pooling = false }.ConnectionString;
        _unpooled = new NpgsqlConnectionStringBuilder(own) { Pooling = false }.ConnectionString;
        Name = name;
        var connection = new NpgsqlConnectionStringBuilder(own) { NoResetOnClose = true, MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, MaxPoolSize = Sessions };
        DataSource = new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = name }.Build();
    }

    /// <summary>Of the database, and of the pool in Npgsql's metrics.</summary>
    internal string Name { get; }

    internal NpgsqlDataSource DataSource { get; }

    internal static async Task<CounterDatabase> CreateAsync(LocalServerSet servers, CancellationToken cancellationToken)
    {
        var name = $"saga_{Guid.CreateVersion7():N}";
        var own = await servers.Postgres.CreateDatabaseAsync(name, cancellationToken);
        return new CounterDatabase(servers.Postgres.ConnectionString, own, name);
    }

    /// <summary>Opens as many as may be used, so that no round pays for it.</summary>
    internal async Task OpenSessionsAsync(CancellationToken cancellationToken)
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => DataSource.OpenConnectionAsync(cancellationToken).AsTask()));
        foreach (var connection in opened)
            await connection.DisposeAsync();
    }

    /// <summary>All that the server has ever run in the database, its own maintenance included.</summary>
    internal async Task<long> CountTransactionsAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_maintenance);
        var before = await connection.QuerySingleAsync<DateTime>(ReadTime);
        // A session adds its counts to the server's at most once a second, when idle only after ten, and when it ends: so all are ended.
        DataSource.Clear();
        for (var look = 0; await connection.QuerySingleAsync<long>(CountSessions, new { name = Name, before }) > 0; look++)
        {
            if (look == MostLooks)
                throw new WrongOutcomeException($"Sessions of database {Name} do not end, so its transactions cannot be counted.");
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        return await connection.QuerySingleAsync<long>(ReadTransactions, new { name = Name });
    }

    /// <summary>The answer once it is 0, else the answer when the time for that is over.</summary>
    internal async Task<long> CountWhenEmptyAsync(string sql, CancellationToken cancellationToken)
    {
        var left = await CountAsync(sql);
        for (var look = 0; left > 0 && look < MostLooks; look++)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
            left = await CountAsync(sql);
        }

        return left;
    }

    internal Task<long> CountAsync(string sql) => Database.CountAsync(_unpooled, sql);

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();
}
