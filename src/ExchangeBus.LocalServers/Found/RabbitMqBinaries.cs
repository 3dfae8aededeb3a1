namespace ExchangeBus.LocalServers.Found;

/// <summary>The start script of RabbitMQ, and the Erlang programs that it needs.</summary>
internal sealed record RabbitMqBinaries(string Server, string Epmd, string ErlangFolder)
{
    public static RabbitMqBinaries? Find(MachineFiles files)
    {
        var server = Scripts(files).FirstOrDefault(files.HasFile);
        var erlang = ErlangFolders(files).FirstOrDefault(folder => files.HasFile(Path.Combine(folder, "erl")));
        if (server is null || erlang is null)
            return null;
        var epmd = Epmds(files, erlang).FirstOrDefault(files.HasFile);
        return epmd is null ? null : new RabbitMqBinaries(server, epmd, erlang);
    }

    // The distributions' script in sbin comes last: it changes the user by itself and writes to the system's log folder.
    private static IEnumerable<string> Scripts(MachineFiles files) =>
    [
        "/usr/lib/rabbitmq/bin/rabbitmq-server",
        .. files.NewestFirst("/usr/lib/rabbitmq/lib", "rabbitmq_server-*").Select(version => version + "/sbin/rabbitmq-server"),
        .. files.NewestFirst("/opt", "rabbitmq_server-*").Select(version => version + "/sbin/rabbitmq-server"),
        "/opt/rabbitmq/sbin/rabbitmq-server",
        "/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server",
        "/usr/local/opt/rabbitmq/sbin/rabbitmq-server",
        .. files.SearchPath.Select(folder => Path.Combine(folder, "rabbitmq-server")),
        "/usr/sbin/rabbitmq-server",
    ];

    private static IEnumerable<string> ErlangFolders(MachineFiles files) =>
    [
        .. files.SearchPath,
        "/usr/bin",
        "/usr/local/bin",
        .. files.NewestFirst("/opt/homebrew/opt", "erlang*").Select(version => version + "/bin"),
        .. files.NewestFirst("/usr/local/opt", "erlang*").Select(version => version + "/bin"),
    ];

    // Homebrew links erl into its bin folder but leaves epmd in the runtime's own folder.
    private static IEnumerable<string> Epmds(MachineFiles files, string erlang) =>
    [
        Path.Combine(erlang, "epmd"),
        .. new[] { "/usr/lib/erlang", "/usr/lib64/erlang", "/usr/local/lib/erlang", "/opt/homebrew/lib/erlang", "/opt/homebrew/opt/erlang/lib/erlang", "/usr/local/opt/erlang/lib/erlang" }
            .SelectMany(root => files.NewestFirst(root, "erts-*"))
            .Select(runtime => runtime + "/bin/epmd"),
    ];
}
