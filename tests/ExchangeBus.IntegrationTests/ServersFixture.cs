using ExchangeBus.Testing;

#pragma warning disable CA1050 // In a namespace it would surround only the tests of that namespace.

/// <summary>In no namespace, so that it surrounds every test of the assembly. There is one only.</summary>
[SetUpFixture]
public sealed class ServersFixture
{
    [OneTimeSetUp]
    public Task StartAsync() => Servers.StartAsync();

    [OneTimeTearDown]
    public Task StopAsync() => Servers.StopAsync();
}
