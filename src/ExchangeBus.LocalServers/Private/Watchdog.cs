using System.Diagnostics;
using ExchangeBus.LocalServers.Found;

namespace ExchangeBus.LocalServers.Private;

/// <summary>
/// A shell that reads from a pipe whose other end only we hold. When the pipe ends, however we died, it ends what we
/// started and deletes the folder. Being a session of its own, it hears neither Ctrl-C nor a hang-up.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    // Lines of "processes": signal, process id, start. A process id alone may by now belong to somebody else.
    private const string CleanUp = """
        start_of() {
            if [ -d /proc/self ]; then
                { read -r stat < "/proc/$1/stat"; } 2>/dev/null || return 0
                set -- ${stat##*) }
                [ "$1" = Z ] || echo "${20}"
            else
                ps -o lstart= -p "$1"
            fi
        }
        send() {
            [ -n "$3" ] && [ "$(start_of "$2")" = "$3" ] || return 1
            kill -s "$1" -- "-$2" 2>/dev/null || kill -s "$1" "$2" 2>/dev/null
            return 0
        }
        each() {
            some=1
            [ -f "$folder/processes" ] || return 1
            while read -r signal id start; do
                send "${1:-$signal}" "$id" "$start" && some=0
            done < "$folder/processes"
            return $some
        }
        each
        tries=0
        while [ $tries -lt 50 ] && each 0; do tries=$((tries + 1)); sleep 0.1; done
        each KILL
        if [ -f "$folder/containers" ]; then
            while read -r id; do docker rm --force --volumes "$id" </dev/null; done < "$folder/containers"
        fi
        tries=0
        while [ -d "$folder" ] && [ $tries -lt 20 ]; do
            rm -rf "$folder" || sleep 0.2
            tries=$((tries + 1))
        done
        """;

    private const string Watch = """
        trap '' HUP INT TERM
        exec >/dev/null 2>&1
        folder=$1
        while read -r line; do :; done
        [ -d "$folder" ] || exit 0

        """;

    private readonly Process _process;

    private Watchdog(Process process) => _process = process;

    public static Watchdog Start(string folder)
    {
        string[] command = [.. ServerProcess.OwnSession(MachineFiles.OfThisMachine), "/bin/sh", "-c", Watch + CleanUp, "exchangebus-watchdog", folder];
        var process = new Process { StartInfo = Tool.Describe(command, environment: null) };
        process.Start();
        return new Watchdog(process);
    }

    /// <summary>What the watchdog of a dead owner would have done.</summary>
    public static async Task CleanUpAsync(string folder, CancellationToken cancellationToken) =>
        await Tool.RunAsync(["/bin/sh", "-c", "folder=$1\n" + CleanUp, "exchangebus-cleanup", folder], environment: null, cancellationToken);

    /// <summary>Lets it go; a folder that is still there it deletes.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.Dispose();
    }
}
