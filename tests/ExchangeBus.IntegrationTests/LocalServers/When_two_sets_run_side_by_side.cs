using ExchangeBus.LocalServers;
using ExchangeBus.LocalServers.Private;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.LocalServers;

public sealed class When_two_sets_run_side_by_side
{
    [Test]
    public async Task Should_not_touch_each_other()
    {
        PrivateServers.Assume();
        var first = Servers.Current;
        var second = await LocalServerSet.StartAsync();
        await using (second)
        {
            Assert.Multiple(() =>
            {
                Assert.That(second.RabbitMq.AmqpUri.Port, Is.Not.EqualTo(first.RabbitMq.AmqpUri.Port));
                Assert.That(second.Postgres.ConnectionString, Is.Not.EqualTo(first.Postgres.ConnectionString));
            });
            await AssertAnswersAsync(first);
            await AssertAnswersAsync(second);
        }

        Assert.That(Directory.Exists(second.Folder), Is.False);
        await AssertAnswersAsync(first);
    }

    private static async Task AssertAnswersAsync(LocalServerSet servers)
    {
        Assert.That(await Readiness.PostgresAnswersAsync(servers.Postgres.ConnectionString, CancellationToken.None));
        Assert.That(await Readiness.RabbitMqAnswersAsync(servers.RabbitMq.AmqpUri, CancellationToken.None));
    }
}
