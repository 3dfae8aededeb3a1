using ExchangeBus.LocalServers.Found;
using ExchangeBus.LocalServers.Private;

namespace ExchangeBus.LocalServers.Debian;

/// <summary>Installs Debian's packages where we are allowed to: as root, or where sudo asks no password.</summary>
internal sealed class DebianPackages(MachineFiles files, string lockFolder, Action<string> progress)
{
    public const string Postgres = "postgresql";
    public const string RabbitMq = "rabbitmq-server";

    // The packages start their services and enable them for the next boot. Nobody asked for that: the first is refused
    // in Debian's own way (policy-rc.d), the second undone. A service that was there before is left as it was.
    private const string Install = """
        set -eu
        export DEBIAN_FRONTEND=noninteractive
        units="postgresql.service rabbitmq-server.service epmd.service epmd.socket"
        systemd=
        [ -d /run/systemd/system ] && systemd=yes
        fresh=
        if [ "$systemd" ]; then
            for unit in $units; do
                systemctl cat "$unit" >/dev/null 2>&1 || fresh="$fresh $unit"
            done
        fi
        policy=/usr/sbin/policy-rc.d
        if [ ! -e "$policy" ]; then
            trap 'rm -f "$policy"' EXIT
            trap 'exit 1' HUP INT TERM
            printf '#!/bin/sh\nexit 101\n' > "$policy"
            chmod 755 "$policy"
        fi
        apt-get -qq -o DPkg::Lock::Timeout=300 update
        apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@"
        for unit in $fresh; do
            systemctl disable --now "$unit" >/dev/null 2>&1 || true
        done
        """;

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Installs the packages.</summary>
    /// <param name="packages">Names of Debian packages.</param>
    /// <param name="isMissing">Asked again when the lock is ours: another process may have installed them meanwhile.</param>
    /// <param name="cancellationToken">Ends waiting and installing.</param>
    /// <returns>Null when done, or why not, as a part of a sentence.</returns>
    public async Task<string?> InstallAsync(IReadOnlyList<string> packages, Func<bool> isMissing, CancellationToken cancellationToken)
    {
        if (files.Program("apt-get") is null)
            return "apt-get is not here to install them";
        var (asRoot, refusal) = await AsRootAsync(cancellationToken);
        if (refusal is not null)
            return refusal;
        await using var exclusive = await LockAsync(cancellationToken);
        if (!isMissing())
            return null;

        progress($"Installing {string.Join(" and ", packages)} with apt-get …");
        var result = await Tool.RunAsync([.. asRoot, "/bin/sh", "-c", Install, "exchangebus-install", .. packages], environment: null, cancellationToken);
        return result.ExitCode == 0 ? null : $"apt-get could not install them ({result.LastLine})";
    }

    private async Task<(string[] AsRoot, string? Refusal)> AsRootAsync(CancellationToken cancellationToken)
    {
        if (Environment.IsPrivilegedProcess)
            return ([], null);
        if (files.Program("sudo") is not { } sudo)
            return ([], "only root may install them");
        var asked = await Tool.RunAsync([sudo, "-n", "true"], environment: null, cancellationToken);
        return asked.ExitCode == 0 ? ([sudo, "-n"], null) : ([], "sudo asks for a password to install them");
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var saidSo = false;
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(lockFolder, "apt.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (!saidSo)
                    progress("Another process is installing; waiting for it …");
                saidSo = true;
                await Task.Delay(LockPause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
