using System.Globalization;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.LocalServers;

[Platform("Linux")]
public sealed class When_servers_listen
{
    // /proc/net/tcp writes addresses in the byte order of the machine (proc_net_tcp in proc(5)); here little-endian.
    private static readonly string[] Loopback = ["0100007F", "00000000000000000000000001000000"];

    [Test]
    public void Should_be_reachable_from_this_machine_only()
    {
        PrivateServers.Assume();
        var sockets = PrivateServers.ProcessIds(Servers.Current).SelectMany(SocketsOf).ToHashSet();
        var addresses = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && sockets.Contains(fields[9]))
            .Select(fields => fields[1].Split(':'))
            .ToList();

        var ports = addresses.Select(address => int.Parse(address[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Distinct();
        Assert.Multiple(() =>
        {
            Assert.That(addresses.Select(address => address[0]).Distinct(), Is.SubsetOf(Loopback));
            Assert.That(ports.Count(), Is.EqualTo(5), "PostgreSQL, AMQP, management, Erlang distribution, epmd");
        });
    }

    private static IEnumerable<string> SocketsOf(int processId)
    {
        var descriptors = $"/proc/{processId}/fd";
        if (!Directory.Exists(descriptors))
            return [];
        return Directory.EnumerateFileSystemEntries(descriptors)
            .Select(descriptor => new FileInfo(descriptor).LinkTarget)
            .Where(target => target is not null && target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target![8..^1]);
    }
}
