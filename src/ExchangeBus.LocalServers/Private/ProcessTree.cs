using System.Globalization;

namespace ExchangeBus.LocalServers.Private;

/// <summary>The processes below another, as the system lists them at the moment.</summary>
internal static class ProcessTree
{
    public static IReadOnlyList<int> Below(int processId)
    {
        var children = List().ToLookup(process => process.Parent, process => process.Id);
        var below = new List<int>(children[processId]);
        for (var i = 0; i < below.Count; i++)
            below.AddRange(children[below[i]]);
        return below;
    }

    /// <summary>Waits until none of them lives; a dead one that nobody has buried yet does not count.</summary>
    public static async Task WaitUntilGoneAsync(IReadOnlyCollection<int> processIds, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (processIds.Count > 0
            && List().Any(process => !process.IsDead && processIds.Contains(process.Id))
            && TimeProvider.System.GetElapsedTime(started) < patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static List<(int Id, int Parent, bool IsDead)> List() =>
        Directory.Exists("/proc/self") ? ListFromProc() : ListFromPs();

    private static List<(int Id, int Parent, bool IsDead)> ListFromProc()
    {
        var found = new List<(int, int, bool)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            if (ProcessStart.Fields(id) is { } fields)
                found.Add((id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0] is "Z" or "X"));
        }

        return found;
    }

    private static List<(int Id, int Parent, bool IsDead)> ListFromPs() =>
        [.. Tool.Run(["ps", "-A", "-o", "pid=,ppid=,stat="]).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length == 3)
            .Select(fields => (
                int.Parse(fields[0], CultureInfo.InvariantCulture),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                fields[2].StartsWith('Z')))];
}
