using ExchangeBus.LocalServers.Debian;
using ExchangeBus.LocalServers.Found;

namespace ExchangeBus.LocalServers;

/// <summary>A server that is not on this machine, and what would bring it here.</summary>
internal sealed record MissingServer(string Name, string Package, string FedoraPackage, string HomebrewFormula, string Variable)
{
    public static MissingServer Postgres { get; } =
        new("PostgreSQL", DebianPackages.Postgres, "postgresql-server", "postgresql@15", NamedServers.PostgresVariable);

    public static MissingServer RabbitMq { get; } =
        new("RabbitMQ", DebianPackages.RabbitMq, "rabbitmq-server", "rabbitmq", NamedServers.RabbitMqVariable);

    /// <summary>One sentence: what is missing, what was tried, what mends it.</summary>
    public static string Explain(IReadOnlyCollection<MissingServer> missing, string? whyNotInstalled, MachineFiles files)
    {
        var names = string.Join(" and ", missing.Select(server => server.Name));
        var tried = whyNotInstalled is null ? "" : $", {whyNotInstalled}";
        return $"{names} {(missing.Count == 1 ? "is" : "are")} not installed{tried}, and no docker engine answers: "
            + $"run \"{Command(missing, files)}\", or set {string.Join(" and ", missing.Select(server => server.Variable))}.";
    }

    private static string Command(IReadOnlyCollection<MissingServer> missing, MachineFiles files) =>
        files.Program("apt-get") is not null ? "sudo apt-get install " + Join(missing, server => server.Package)
        : files.Program("dnf") is not null ? "sudo dnf install " + Join(missing, server => server.FedoraPackage)
        : "brew install " + Join(missing, server => server.HomebrewFormula);

    private static string Join(IEnumerable<MissingServer> missing, Func<MissingServer, string> name) =>
        string.Join(' ', missing.Select(name));
}
