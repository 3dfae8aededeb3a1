namespace ExchangeBus.LocalServers;

/// <summary>How <see cref="LocalServerSet.StartAsync"/> starts the servers. Every property has a default that works.</summary>
public sealed record LocalServersOptions
{
    /// <summary>How long one server may take from its start until it answers. Default 60 seconds; must be above zero. Installing packages or pulling images is not counted.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Receives one-line messages for a person who waits ("installing …", "PostgreSQL ready …"). May be called from any thread. Default: nobody listens.</summary>
    public Action<string>? Progress { get; init; }

    internal void Report(string message) => Progress?.Invoke(message);
}
