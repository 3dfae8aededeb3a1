using ExchangeBus.LocalServers;
using ExchangeBus.LocalServers.Private;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.LocalServers;

internal static class PrivateServers
{
    /// <summary>Skips a test of what is started here where the environment names servers instead.</summary>
    public static void Assume()
    {
        if (!Servers.Current.Postgres.IsPrivate || !Servers.Current.RabbitMq.IsPrivate)
            Assert.Ignore("The environment names servers, so none are started.");
    }

    /// <summary>The processes of a set, with all below them.</summary>
    public static IReadOnlyList<int> ProcessIds(LocalServerSet servers)
    {
        var leaders = File.ReadLines(Path.Combine(servers.Folder!, "processes")).Select(line => int.Parse(line.Split(' ')[1])).ToList();
        return [.. leaders, .. leaders.SelectMany(ProcessTree.Below)];
    }
}
