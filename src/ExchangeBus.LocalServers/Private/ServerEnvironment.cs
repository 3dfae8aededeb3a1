using ExchangeBus.LocalServers.Found;

namespace ExchangeBus.LocalServers.Private;

/// <summary>The environment of a private server: nothing of ours, lest a PGDATA or RABBITMQ_NODENAME of the shell lead it astray.</summary>
internal static class ServerEnvironment
{
    public static Dictionary<string, string> Create(MachineFiles files, string home, params string[] programFolders) => new()
    {
        ["PATH"] = string.Join(':', [.. programFolders, .. files.SearchPath, "/usr/bin", "/bin", "/usr/sbin", "/sbin"]),
        ["HOME"] = home,
        ["LANG"] = "C.UTF-8",
    };
}
