namespace ExchangeBus.IntegrationTests.LocalServers;

[Platform("Linux")]
public sealed class When_the_owner_of_servers_ends
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [SetUp]
    public void AssumePrivateServers() => PrivateServers.Assume();

    [TestCase("KILL")]
    [TestCase("INT")]
    public async Task Should_leave_nothing_after_a_signal(string signal)
    {
        using var owner = await HoldingProcess.StartAsync();
        Assert.That(owner.Debris(), Has.Count.EqualTo(4), "PostgreSQL, epmd, RabbitMQ and the folder");

        owner.Signal(signal);

        Assert.That(await Eventually.EmptyAsync(owner.Debris, Patience), Is.Empty);
    }
}
