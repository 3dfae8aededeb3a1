namespace ExchangeBus.LocalServers;

/// <summary>
/// A PostgreSQL and a RabbitMQ server for development, tests and measurements. Each is, in this order: the one that an
/// environment variable names; a private one from installed binaries, on free loopback ports; the same after installing
/// Debian's packages, where that is allowed; a container, where an engine answers.
/// </summary>
/// <remarks>
/// Variables: <c>EXCHANGEBUS_POSTGRES</c> (Npgsql connection string of a maintenance database),
/// <c>EXCHANGEBUS_RABBITMQ</c> (amqp URI), <c>EXCHANGEBUS_RABBITMQ_MANAGEMENT</c> (http URI, optional).
/// What was started ends with the set, and also when the process ends in any other way, be it by SIGKILL.
/// </remarks>
public sealed class LocalServerSet : IAsyncDisposable
{
    private readonly StartedServers _started;

    private LocalServerSet(StartedServers started, PostgresServer postgres, RabbitMqServer rabbitMq)
    {
        _started = started;
        Postgres = postgres;
        RabbitMq = rabbitMq;
    }

    /// <summary>The PostgreSQL server.</summary>
    public PostgresServer Postgres { get; }

    /// <summary>The RabbitMQ server.</summary>
    public RabbitMqServer RabbitMq { get; }

    /// <summary>Where data, logs and the list of processes are; null when the environment named both servers.</summary>
    internal string? Folder => _started.Folder;

    /// <summary>Finds or starts both servers, at the same time, and returns when both answer.</summary>
    /// <exception cref="LocalServersUnavailableException">A server can be neither found nor started.</exception>
    public static async Task<LocalServerSet> StartAsync(LocalServersOptions? options = null, CancellationToken cancellationToken = default)
    {
        var started = new StartedServers(options ?? new LocalServersOptions());
        try
        {
            var (postgres, rabbitMq) = await started.StartAsync(cancellationToken);
            return new LocalServerSet(started, postgres, rabbitMq);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops what <see cref="StartAsync"/> started and deletes its data: politely for some seconds, then by force. Servers that the environment named go on.</summary>
    public ValueTask DisposeAsync() => _started.DisposeAsync();
}
