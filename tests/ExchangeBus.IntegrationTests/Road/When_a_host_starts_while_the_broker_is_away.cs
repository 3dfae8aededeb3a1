using System.Net;
using System.Net.Sockets;
using ExchangeBus.Contracts;
using ExchangeBus.Platform;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Road;

/// <summary>A host as a process of its own, with all roles, whose broker's address takes connections and answers nobody until the test lets it.</summary>
[TestFixture]
public sealed class When_a_host_starts_while_the_broker_is_away
{
    [Test]
    public async Task Should_accept_over_HTTP_and_deliver_when_the_broker_answers()
    {
        var broker = await VirtualHost.CreateAsync(Servers.Current.RabbitMq, $"away_{Guid.CreateVersion7():N}");
        using var address = new TcpListener(IPAddress.Loopback, 0);
        address.Start();
        var mute = new UriBuilder(broker) { Port = ((IPEndPoint)address.LocalEndpoint).Port }.Uri;
        await using var bus = await BusProcess.StartAsync(Servers.Current, [Samples.Portal, Samples.Health], new Dictionary<string, string?> { ["RabbitMq:Uri"] = mute.ToString() });
        var published = Samples.LinkedBirth();

        using (var portal = Samples.Portal.ClientOf(bus.Address))
        using (var answer = await portal.PostAsync("events", new ByteArrayContent(CloudEventJson.Write(published)) { Headers = { { "Content-Type", CloudEventJson.MediaType } } }))
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));

        using var ended = new CancellationTokenSource();
        var forwarding = ForwardAsync(address, broker.Port, ended.Token);
        Assert.That(await DeliveredIdAsync(broker), Is.EqualTo(published.Id), "queues are declared and filled when the broker answers");
        await ended.CancelAsync();
        await forwarding;
    }

    [Test]
    public async Task Should_say_once_that_it_waits_and_stop_when_it_is_told_to()
    {
        using var address = new TcpListener(IPAddress.Loopback, 0);
        address.Start();
        using var logged = new LoggedTexts();
        var settings = Samples.WithoutProcedures;
        settings["RabbitMq:Uri"] = $"amqp://127.0.0.1:{((IPEndPoint)address.LocalEndpoint).Port}/";
        await using (await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Samples.Health], settings, logged))
        {
            // Each worker tries about once a second.
            for (var attempt = 0; attempt < 40; attempt++)
                (await address.AcceptTcpClientAsync()).Dispose();
        }

        Assert.That(logged.All.Count(text => text.Contains("queue exchangebus.intake stopped", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(logged.All.Count(text => text.Contains("this host starts without it", StringComparison.Ordinal)), Is.EqualTo(2), "agencies, and subscriptions");
    }

    [Test]
    public async Task Should_not_start_when_the_broker_answers_and_refuses()
    {
        var wrong = new UriBuilder(Servers.Current.RabbitMq.AmqpUri) { Password = "not-the-password" }.Uri;
        var database = await Servers.Current.Postgres.CreateDatabaseAsync($"bus_{Guid.CreateVersion7():N}");

        Assert.That(await ServersCheck.FindProblemAsync(database, wrong.ToString()), Does.StartWith("RabbitMQ refuses").And.Not.Contain("not-the-password"));
        Assert.That(await ServersCheck.FindProblemAsync(database, "amqp://127.0.0.1:1/"), Is.Null, "nobody is there: that may change");
    }

    private static async Task<string> DeliveredIdAsync(Uri broker)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var got = await Eventually.GetAsync(async () =>
        {
            await using var channel = await connection.CreateChannelAsync();
            try
            {
                return await channel.TakeAsync("sub.G18.births");
            }
            catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
            {
                return null;
            }
        }, message => message is not null, "the delivery", TimeSpan.FromSeconds(60));
        return CloudEventJson.Read(got!.Body.ToArray()).Id;
    }

    private static async Task ForwardAsync(TcpListener from, int port, CancellationToken cancellationToken)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ForwardAsync(await from.AcceptTcpClientAsync(cancellationToken), port, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private static async Task ForwardAsync(TcpClient client, int port, CancellationToken cancellationToken)
    {
        try
        {
            using (client)
            using (var server = new TcpClient())
            {
                await server.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream(), cancellationToken), server.GetStream().CopyToAsync(client.GetStream(), cancellationToken));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One side has gone, or the test is over.
        }
    }
}
