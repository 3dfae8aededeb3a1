namespace ExchangeBus.LocalServers;

/// <summary>A RabbitMQ server that answers.</summary>
public sealed class RabbitMqServer
{
    private readonly IServerInstance? _instance;

    internal RabbitMqServer(Uri amqpUri, Uri? managementUri, IServerInstance? instance)
    {
        AmqpUri = amqpUri;
        ManagementUri = managementUri;
        _instance = instance;
        var user = amqpUri.UserInfo.Split(':', 2);
        UserName = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : "guest";
        Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "guest";
    }

    /// <summary>Where AMQP 0-9-1 is spoken, with user and password; without a path it means the virtual host <c>/</c>.</summary>
    public Uri AmqpUri { get; }

    /// <summary>The management HTTP interface, without credentials; null when the environment named no such address.</summary>
    public Uri? ManagementUri { get; }

    /// <summary>The user; on a private server an administrator.</summary>
    public string UserName { get; }

    /// <summary>The user's password; random on a private server.</summary>
    public string Password { get; }

    /// <summary>Whether this process started the server; false when <c>EXCHANGEBUS_RABBITMQ</c> named it.</summary>
    public bool IsPrivate => _instance is not null;

    /// <summary>Kills the broker with SIGKILL, as a power cut would, and waits until it is gone.</summary>
    /// <remarks>RabbitMQ 3.10 writes down a new quorum queue some three seconds after it has confirmed the declaration: killed before, the queue is there again but never gets a leader.</remarks>
    /// <exception cref="InvalidOperationException">The server is not private.</exception>
    public Task KillAsync() => Own().KillAsync();

    /// <summary>Starts a killed broker again on the same ports and data, and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">The server is not private.</exception>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => Own().StartAsync(cancellationToken);

    private IServerInstance Own() => _instance
        ?? throw new InvalidOperationException("EXCHANGEBUS_RABBITMQ named this server; only a private one may be killed.");
}
