using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

[TestFixture]
public sealed class When_a_host_stops_in_the_middle
{
    private const int Events = 300;
    private const int Citizens = 30;

    [Test]
    public async Task Should_lose_nothing_and_keep_the_order_when_it_is_killed_again_and_again()
    {
        await using var receiver = await HookReceiver.StartAsync();
        // Nearly a tenth of what comes fails at first; eleven shares no factor with the citizens, so that nobody's all fail one after the other.
        var failed = new ConcurrentDictionary<long, bool>();
        receiver.Answer = async (hooked, _) =>
        {
            await Task.Delay(20, CancellationToken.None);
            return hooked.Sequence % 11 == 3 && failed.TryAdd(hooked.Sequence, true) ? 500 : 204;
        };
        await using var bus = await BusProcess.StartAsync(Servers.Current, [AgreementDesk.Owner, AgreementDesk.Receiver], HookDesk.Settings);
        using var owner = AgreementDesk.Owner.ClientOf(bus.Address);
        using var agency = AgreementDesk.Receiver.ClientOf(bus.Address);
        await SubscribeAsync(owner, agency, receiver);
        var published = new List<long>();
        for (var i = 0; i < Events; i++)
            published.Add(await PublishAsync(owner, i % Citizens));

        foreach (var taken in new[] { 60, 180 })
        {
            await receiver.TakenAsync(taken);
            await bus.KillAsync();
            await bus.StartAgainAsync();
        }

        await receiver.TakenAsync(Events);
        await Eventually.GetAsync(() => Database.CountAsync(bus.ConnectionString, "select 300 - handed from delivery_position where subscription = 'G18.hooked'"), n => n == 0,
            "all counted as delivered", TimeSpan.FromSeconds(60));
        await Eventually.GetAsync(() => Database.CountAsync(bus.ConnectionString, "select count(*) from waiting_delivery"), n => n == 0, "nothing waits");
        Assert.That(receiver.Taken.Select(t => t.Sequence).Distinct().Order(), Is.EqualTo(published));
        AssertOrder(receiver);
    }

    [Test]
    public async Task Should_not_send_anything_twice_when_it_stops_in_order()
    {
        await using var receiver = await HookReceiver.StartAsync();
        receiver.Answer = async (_, _) =>
        {
            await Task.Delay(10, CancellationToken.None);
            return 204;
        };
        await using var desk = await HookDesk.OpenAsync(receiver);
        for (var i = 0; i < Events; i++)
            await desk.PublishAsync(HookDesk.Subject(i % Citizens));
        await receiver.TakenAsync(50);

        await desk.Bus.RestartAsync([AgreementDesk.Owner, AgreementDesk.Receiver, AgreementDesk.Stranger]);
        await receiver.TakenAsync(Events);

        Assert.That(receiver.Taken, Has.Count.EqualTo(Events));
        AssertOrder(receiver);
    }

    [Test]
    public async Task Should_be_relieved_by_another_host_which_never_delivers_at_the_same_time()
    {
        await using var receiver = await HookReceiver.StartAsync();
        receiver.Answer = async (_, _) =>
        {
            await Task.Delay(10, CancellationToken.None);
            return 204;
        };
        var desk = await HookDesk.OpenAsync(receiver);
        await using var beside = await desk.Bus.StartBesideAsync();
        for (var i = 0; i < Events; i++)
            await desk.PublishAsync(HookDesk.Subject(i % Citizens));
        await receiver.TakenAsync(100);
        await desk.DisposeAsync();

        await receiver.TakenAsync(Events);
        Assert.That(receiver.Taken, Has.Count.EqualTo(Events), "the lease is given back, so that nothing is sent twice");
        AssertOrder(receiver);
    }

    // Each citizen's first deliveries are in order; what comes again comes after what was before it.
    private static void AssertOrder(HookReceiver receiver)
    {
        foreach (var citizen in receiver.Taken.GroupBy(t => t.Event.Subject))
            Assert.That(citizen.Select(t => t.Sequence).Distinct(), Is.Ordered.Ascending, citizen.Key);
    }

    private static async Task SubscribeAsync(HttpClient owner, HttpClient agency, HookReceiver receiver)
    {
        var agreement = $"agreements/{AgreementDesk.Receiver.Code}.statistics/state";
        await AgreementDesk.SendAsync(agency, HttpMethod.Post, "agreements", new JsonObject { ["name"] = "statistics", ["terms"] = AgreementDesk.Terms("public"), ["reason"] = "needed" });
        foreach (var (who, state) in new[] { (agency, "requested"), (owner, "approved"), (owner, "active") })
            await AgreementDesk.SendAsync(who, HttpMethod.Post, agreement, new JsonObject { ["state"] = state, ["reason"] = "as decided", ["version"] = state == "approved" ? 2 : null });
        await AgreementDesk.SendAsync(agency, HttpMethod.Post, "subscriptions", new JsonObject
        {
            ["name"] = "hooked",
            ["way"] = "webhook",
            ["terms"] = new JsonObject { ["types"] = new JsonArray("vn.portal.linkedbirthsubmitted.v1"), ["agreements"] = new JsonArray("G18.statistics") },
            ["reason"] = "needed",
        });
        await AgreementDesk.SendAsync(agency, HttpMethod.Put, $"subscriptions/{HookDesk.Name}/webhook", HookDesk.Asked(receiver));
    }

    private static async Task<long> PublishAsync(HttpClient owner, int citizen)
    {
        using var content = new ByteArrayContent(CloudEventJson.Write(Samples.LinkedBirth(subject: HookDesk.Subject(citizen)))) { Headers = { { "Content-Type", CloudEventJson.MediaType } } };
        using var answer = await owner.PostAsync("events", content);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["sequence"]!.GetValue<long>();
    }
}
