using ExchangeBus.LocalServers.Containers;
using ExchangeBus.LocalServers.Debian;
using ExchangeBus.LocalServers.Found;

namespace ExchangeBus.LocalServers;

/// <summary>Where the servers that no variable names come from: installed binaries, else a container engine.</summary>
internal sealed record InstalledServers(PostgresBinaries? Postgres, RabbitMqBinaries? RabbitMq, ContainerEngine? Engine)
{
    public static async Task<InstalledServers> FindAsync(
        MachineFiles files, NamedServers named, DebianPackages debian, CancellationToken cancellationToken)
    {
        var missing = Missing(files, named);
        if (missing.Count == 0)
            return Look(files);
        var whyNot = await debian.InstallAsync([.. missing.Select(server => server.Package)], () => Missing(files, named).Count > 0, cancellationToken);
        missing = Missing(files, named);
        if (missing.Count == 0)
            return Look(files);
        return await ContainerEngine.FindAsync(files, cancellationToken) is { } engine
            ? Look(files) with { Engine = engine }
            : throw new LocalServersUnavailableException(MissingServer.Explain(missing, whyNot, files));
    }

    private static InstalledServers Look(MachineFiles files) =>
        new(PostgresBinaries.Find(files), RabbitMqBinaries.Find(files), Engine: null);

    private static List<MissingServer> Missing(MachineFiles files, NamedServers named)
    {
        var missing = new List<MissingServer>();
        if (named.Postgres is null && PostgresBinaries.Find(files) is null)
            missing.Add(MissingServer.Postgres);
        if (named.RabbitMq is null && RabbitMqBinaries.Find(files) is null)
            missing.Add(MissingServer.RabbitMq);
        return missing;
    }
}
