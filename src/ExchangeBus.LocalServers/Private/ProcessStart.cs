using System.Globalization;
using ExchangeBus.LocalServers.Found;

namespace ExchangeBus.LocalServers.Private;

/// <summary>When a process started, in the system's own words: process id and this text together are never used twice.</summary>
internal static class ProcessStart
{
    public static string Of(int processId)
    {
        if (Directory.Exists("/proc/self"))
            return Fields(processId) is { Length: > 19 } fields ? fields[19] : "gone";
        return Tool.Run([MachineFiles.OfThisMachine.Program("ps") ?? "ps", "-o", "lstart=", "-p", processId.ToString(CultureInfo.InvariantCulture)]).Output.Trim();
    }

    /// <summary>The fields of /proc/pid/stat from the third on: state, parent, … (proc(5)); the second may itself hold spaces and brackets.</summary>
    public static string[]? Fields(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
