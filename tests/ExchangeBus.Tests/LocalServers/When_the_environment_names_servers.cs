using System.Net;
using System.Net.Sockets;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Tests.LocalServers;

public sealed class When_the_environment_names_servers
{
    [Test]
    public async Task Should_refuse_a_silent_PostgreSQL_without_telling_its_password()
    {
        var named = new NamedServers($"Host=127.0.0.1;Port={UnusedPort()};Username=u;Password=s3cret;Timeout=2", RabbitMq: null, Management: null);

        var refusal = await Assert.ThrowsAsync<LocalServersUnavailableException>(() => named.OpenPostgresAsync(CancellationToken.None));
        Assert.That(refusal?.Message, Does.Contain("EXCHANGEBUS_POSTGRES").And.Not.Contain("s3cret"));
    }

    [Test]
    public async Task Should_refuse_a_silent_RabbitMQ_without_telling_its_password()
    {
        var named = new NamedServers(Postgres: null, $"amqp://u:s3cret@127.0.0.1:{UnusedPort()}/", Management: null);

        var refusal = await Assert.ThrowsAsync<LocalServersUnavailableException>(() => named.OpenRabbitMqAsync(CancellationToken.None));
        Assert.That(refusal?.Message, Does.Contain("EXCHANGEBUS_RABBITMQ").And.Not.Contain("s3cret"));
    }

    [Test]
    public async Task Should_refuse_what_is_no_address()
    {
        var named = new NamedServers("no connection string", "localhost:5672", Management: null);

        Assert.That(
            (await Assert.ThrowsAsync<LocalServersUnavailableException>(() => named.OpenPostgresAsync(CancellationToken.None)))?.Message,
            Does.StartWith("EXCHANGEBUS_POSTGRES is no Npgsql connection string"));
        Assert.That(
            (await Assert.ThrowsAsync<LocalServersUnavailableException>(() => named.OpenRabbitMqAsync(CancellationToken.None)))?.Message,
            Does.StartWith("EXCHANGEBUS_RABBITMQ is no amqp URI"));
    }

    [Test]
    public void Should_read_user_and_password_from_the_address()
    {
        var server = new RabbitMqServer(new Uri("amqp://user%40home:p%2Fw@broker:5672/"), managementUri: null, instance: null);

        Assert.That((server.UserName, server.Password, server.IsPrivate), Is.EqualTo(("user@home", "p/w", false)));
    }

    [Test]
    public void Should_assume_the_default_user_of_RabbitMQ()
    {
        var server = new RabbitMqServer(new Uri("amqp://broker"), managementUri: null, instance: null);

        Assert.That((server.UserName, server.Password), Is.EqualTo(("guest", "guest")));
    }

    [Test]
    public void Should_refuse_to_kill_what_it_did_not_start()
    {
        var server = new PostgresServer("Host=db", instance: null);

        Assert.That(() => server.KillAsync(), Throws.InvalidOperationException);
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
