using System.Net;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_an_agency_is_taken_out_of_the_configuration
{
    [Test]
    public async Task Should_lose_every_right_at_once()
    {
        await using var bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Samples.Population, Samples.Health]);
        Assert.That(await PublishAsync(bus, Samples.Portal), Is.EqualTo(HttpStatusCode.Accepted));

        await bus.RestartAsync([Samples.Population]);

        Assert.That(() => PublishAsync(bus, Samples.Portal),
            Throws.TypeOf<HttpRequestException>().With.Property(nameof(HttpRequestException.StatusCode)).EqualTo(HttpStatusCode.Unauthorized), "its key gets it no access token");
        var factory = new ConnectionFactory { Uri = bus.AmqpUri, UserName = Samples.Portal.BrokerUser, Password = Samples.Portal.BrokerPassword };
        Assert.That(() => factory.CreateConnectionAsync(), Throws.TypeOf<BrokerUnreachableException>(), "its broker user is gone");
        Assert.That(await Database.CountAsync(bus.ConnectionString, "select count(*) from subscription where name = 'G18.births' and withdrawn_at is not null"), Is.EqualTo(1));
        Assert.That(await Database.CountAsync(bus.ConnectionString, "select count(*) from event_log where type = 'vn.portal.linkedbirthsubmitted.v1'"), Is.EqualTo(1), "what was accepted stays");
    }

    private static async Task<HttpStatusCode> PublishAsync(RunningBus bus, TestAgency agency)
    {
        using var http = bus.ClientOf(agency);
        using var answer = await http.PostAsync("events", new ByteArrayContent(CloudEventJson.Write(Samples.LinkedBirth())) { Headers = { { "Content-Type", CloudEventJson.MediaType } } });
        return answer.StatusCode;
    }
}
