using System.Net.Http.Headers;
using ExchangeBus.Contracts;
using ExchangeBus.IntegrationTests.Road;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

[TestFixture]
public sealed class When_many_are_delivered
{
    private const int Events = 5_000;
    private const int Batch = 250;

    [Test]
    public async Task Should_deliver_a_thousand_a_second_and_more_to_a_receiver_that_is_fast()
    {
        await using var receiver = await HookReceiver.StartAsync();
        await using var desk = await HookDesk.OpenAsync(receiver);
        await desk.HookAsync(receiver, concurrency: 32);
        await SendAsync(desk, "paused");
        for (var i = 0; i < Events; i += Batch)
            await PublishAsync(desk, i);

        var started = TimeProvider.System.GetTimestamp();
        await SendAsync(desk, "active");
        await receiver.TakenAsync(Events);
        var rate = Events / TimeProvider.System.GetElapsedTime(started).TotalSeconds;

        // Receiver and bus share two cores here; what else runs on them must not fail this.
        TestContext.Out.WriteLine($"{rate:0} deliveries a second");
        Assert.That(rate, Is.GreaterThan(300));
        Assert.That((await desk.BalanceAsync()).GetProperty("delivered").GetInt64(), Is.EqualTo(Events));
    }

    private static async Task SendAsync(AgreementDesk desk, string state) => await AgreementDesk.SendAsync(
        desk.AtReceiver, HttpMethod.Post, $"subscriptions/{HookDesk.Name}/state", new() { ["state"] = state, ["reason"] = "to measure" });

    private static async Task PublishAsync(AgreementDesk desk, int from)
    {
        var events = Enumerable.Range(from, Batch).Select(i => CloudEventJson.Write(Samples.LinkedBirth(subject: HookDesk.Subject(i)))).ToArray();
        byte[] body = [(byte)'[', .. events.SelectMany((e, i) => i == 0 ? e : [(byte)',', .. e]), (byte)']'];
        using var content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(CloudEventJson.BatchMediaType) } };
        using var answer = await desk.AtOwner.PostAsync("events", content);
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }
}
