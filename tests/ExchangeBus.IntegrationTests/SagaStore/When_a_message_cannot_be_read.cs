using System.Text;
using ExchangeBus.IntegrationTests.SagaStore.Outages;
using ExchangeBus.IntegrationTests.SagaStore.Worker;
using ExchangeBus.Testing;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_a_message_cannot_be_read
{
    private const string CounterIdIsNumber = """
        {"messageId": "0197b5a2-0000-7000-8000-000000000001", "messageType": ["urn:message:ExchangeBus.IntegrationTests.SagaStore:CountOne"], "message": {"counterId": 42}}
        """;

    [TestCase("no JSON at all", TestName = nameof(Should_be_parked_with_its_exception_while_others_go_on) + "(garbage)")]
    [TestCase("[1, 2, 3]", TestName = nameof(Should_be_parked_with_its_exception_while_others_go_on) + "(no envelope)")]
    [TestCase(CounterIdIsNumber, TestName = nameof(Should_be_parked_with_its_exception_while_others_go_on) + "(wrong type of a property)")]
    public async Task Should_be_parked_with_its_exception_while_others_go_on(string body)
    {
        await using var site = await CounterSite.CreateAsync(Servers.Current);
        using var host = await CountingWork.StartHostAsync(site, "reading");
        var counter = new CountOne { CounterId = NewId.NextGuid() };

        await site.Broker.SendAsync(counter);
        await site.Broker.SendBytesAsync(Encoding.UTF8.GetBytes(body));
        await site.Broker.SendAsync(counter);

        await Eventually.GetAsync(site.Database.SumCountersAsync, n => n == 2, "the others counted");
        await Eventually.GetAsync(() => site.Broker.CountAsync(CounterBroker.Errors), n => n == 1, "the message parked");
        var parked = await site.Broker.FirstParkedAsync();
        Assert.That(parked!.Body, Is.EqualTo(body), "the body, byte for byte");
        Assert.That(parked.ExceptionType, Does.EndWith("Exception"), "the reason");
        Assert.That(await site.Database.CountInboxAsync(), Is.EqualTo(2), "messages handled");
        Assert.That(await site.Broker.CountAsync(CounterBroker.Queue), Is.Zero, "messages in the queue");
        await host.StopAsync();
    }
}
