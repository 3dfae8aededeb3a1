using ExchangeBus.Host;

namespace ExchangeBus.Tests.Host;

[TestFixture, NonParallelizable]
public sealed class When_a_host_cannot_start
{
    [TestCase("PostgreSQL does not answer", "--Postgres:ConnectionString=Host=127.0.0.1;Port=1;Timeout=2;Username=x;Password=secret", "--RabbitMq:Uri=amqp://x:secret@127.0.0.1:1/")]
    [TestCase("RabbitMq", "--Postgres:ConnectionString=Host=127.0.0.1;Port=1;Timeout=2")]
    [TestCase("DeliveryLimit", "--Postgres:ConnectionString=Host=127.0.0.1", "--RabbitMq:Uri=amqp://127.0.0.1:1/", "--RabbitMq:DeliveryLimit=-1")]
    public async Task Should_say_why_in_one_sentence_and_end_with_2(string expected, params string[] arguments)
    {
        var before = System.Console.Error;
        using var said = new StringWriter();
        System.Console.SetError(said);
        try
        {
            Assert.That(await HostProgram.RunAsync(arguments), Is.EqualTo(2));
        }
        finally
        {
            System.Console.SetError(before);
        }

        var lines = said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(1));
        Assert.That(lines[0], Does.StartWith("ExchangeBus cannot start.").And.Contain(expected).And.Not.Contain("secret").And.Not.Contain("   at "));
    }
}
