using Npgsql;

namespace ExchangeBus.LocalServers;

/// <summary>A PostgreSQL server that answers.</summary>
public sealed class PostgresServer
{
    private readonly IServerInstance? _instance;

    internal PostgresServer(string connectionString, IServerInstance? instance)
    {
        ConnectionString = connectionString;
        _instance = instance;
    }

    /// <summary>Npgsql connection string of the maintenance database; on a private server that is <c>postgres</c>, as superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether this process started the server; false when <c>EXCHANGEBUS_POSTGRES</c> named it.</summary>
    public bool IsPrivate => _instance is not null;

    /// <summary>The same server and user with another database, which need not exist.</summary>
    public string ConnectionStringFor(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    /// <summary>Creates the database unless it exists, and returns its connection string.</summary>
    /// <param name="name">1 to 63 bytes, PostgreSQL's bound for identifiers: a lower-case letter, then lower-case letters, digits and underscores.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        DatabaseName.ThrowIfInvalid(name);
        const string quote = "select format('create database %I', @name)";

        // Not pooled: a pool would hand out connections from before a kill.
        var once = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(once.ConnectionString);
        await connection.OpenAsync(cancellationToken);

        // "create database" takes no parameters, so the server itself writes and quotes the statement.
        await using var quoting = new NpgsqlCommand(quote, connection);
        quoting.Parameters.AddWithValue("name", name);
        var statement = (string)(await quoting.ExecuteScalarAsync(cancellationToken))!;
        await using var creating = new NpgsqlCommand(statement, connection);
        try
        {
            await creating.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
        }

        return ConnectionStringFor(name);
    }

    /// <summary>Kills the whole server with SIGKILL, as a power cut would, and waits until it is gone.</summary>
    /// <exception cref="InvalidOperationException">The server is not private.</exception>
    public Task KillAsync() => Own().KillAsync();

    /// <summary>Starts a killed server again on the same port and data, and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">The server is not private.</exception>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => Own().StartAsync(cancellationToken);

    private IServerInstance Own() => _instance
        ?? throw new InvalidOperationException("EXCHANGEBUS_POSTGRES named this server; only a private one may be killed.");
}
