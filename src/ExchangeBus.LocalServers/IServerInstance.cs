namespace ExchangeBus.LocalServers;

/// <summary>A server that this process started and may therefore stop, kill and start again.</summary>
internal interface IServerInstance : IAsyncDisposable
{
    Task StartAsync(CancellationToken cancellationToken);

    Task KillAsync();
}
