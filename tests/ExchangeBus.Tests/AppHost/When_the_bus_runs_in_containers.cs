using ExchangeBus.AppHost;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.AppHost;

internal sealed class When_the_bus_runs_in_containers
{
    private static readonly string Folder = Path.Combine(SchemaFolder.Root, "..", "build", "docker");

    [Test]
    public void Should_know_the_same_agencies_as_the_AppHost()
    {
        var variables = File.ReadAllLines(Path.Combine(Folder, "bus.env")).Where(line => !line.StartsWith('#'));

        Assert.That(variables, Is.EquivalentTo(DevelopmentAgencies.HostVariables("/keys").Select(v => $"{v.Key}={v.Value}")));
    }
}
