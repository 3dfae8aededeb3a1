using System.Text;
using ExchangeBus.LocalServers;

namespace ExchangeBus.IntegrationTests.LocalServers;

/// <summary>
/// A broker writes down that it has a new quorum queue only some three seconds after it has confirmed the declaration,
/// for the Erlang table on disk (dets) delays its writes; killed within them, it forgets how to lead that queue.
/// </summary>
internal static class QueuesOnDisk
{
    /// <summary>Those of the queues that the broker has not written down yet; it has a queue there under the name of its virtual host and its own.</summary>
    public static IReadOnlyList<string> Missing(LocalServerSet servers, string virtualHost, params string[] queues)
    {
        var prefix = virtualHost.Replace("/", "%2F", StringComparison.Ordinal) + "_";
        var mnesia = Path.Combine(servers.Folder!, "rabbitmq", "mnesia");
        var written = Directory.EnumerateFiles(mnesia, "names.dets", SearchOption.AllDirectories)
            .Select(file => Encoding.Latin1.GetString(ReadShared(file))).ToList();
        return [.. queues.Where(queue => !written.Exists(x => x.Contains(prefix + queue, StringComparison.Ordinal)))];
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
