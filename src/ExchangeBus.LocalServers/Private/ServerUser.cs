using ExchangeBus.LocalServers.Found;

namespace ExchangeBus.LocalServers.Private;

/// <summary>Whom a server runs as: ourselves, or as root the package's own user, for PostgreSQL refuses to run as root.</summary>
internal sealed class ServerUser
{
    private readonly string? _ids;
    private readonly string[] _prefix;

    private ServerUser(string? ids, string[] prefix)
    {
        _ids = ids;
        _prefix = prefix;
    }

    /// <exception cref="LocalServersUnavailableException">We are root and cannot become anybody else.</exception>
    public static ServerUser For(string name, MachineFiles files)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerUser(null, []);
        var user = new[] { name, "nobody" }.FirstOrDefault(candidate => Tool.Run(["id", "-u", candidate]).ExitCode == 0)
            ?? throw new LocalServersUnavailableException($"There is no user {name} to run its server as, and root may not; start this as another user.");
        var uid = Tool.Run(["id", "-u", user]).Output.Trim();
        var gid = Tool.Run(["id", "-g", user]).Output.Trim();
        if (files.Program("setpriv") is { } setpriv)
            return new ServerUser($"{uid}:{gid}", [setpriv, "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"]);
        if (files.Program("runuser") is { } runuser)
            return new ServerUser($"{uid}:{gid}", [runuser, "-u", user, "--"]);
        throw new LocalServersUnavailableException("Neither setpriv nor runuser is installed to leave root's rights; start this as another user.");
    }

    public IReadOnlyList<string> Run(params IEnumerable<string> command) => [.. _prefix, .. command];

    public void Own(string folder)
    {
        if (_ids is not null && Tool.Run(["chown", "-R", _ids, folder]) is { ExitCode: not 0 } failed)
            throw new LocalServersUnavailableException($"The server's user could not be given its data folder: {failed.LastLine}.");
    }
}
