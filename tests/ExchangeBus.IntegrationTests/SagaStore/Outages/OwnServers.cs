using ExchangeBus.IntegrationTests.LocalServers;
using ExchangeBus.LocalServers;

namespace ExchangeBus.IntegrationTests.SagaStore.Outages;

/// <summary>Servers that the tests of this folder may kill; started once for them, since a start takes longer than most of them.</summary>
[SetUpFixture]
public sealed class OwnServers
{
    private static LocalServerSet? _servers;

    internal static LocalServerSet Current => _servers!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        PrivateServers.Assume();
        _servers = await LocalServerSet.StartAsync(new LocalServersOptions { Progress = TestContext.Progress.WriteLine });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_servers is not null)
            await _servers.DisposeAsync();
    }
}
