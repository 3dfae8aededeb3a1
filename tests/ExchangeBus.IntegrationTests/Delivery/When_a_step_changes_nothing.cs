using System.Text.Json.Nodes;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_a_step_changes_nothing
{
    [Test]
    public async Task Should_write_no_version_and_tell_nobody()
    {
        await using var desk = await AgreementDesk.OpenAsync();
        await desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await desk.SubscribeAsync("pulled", "statistics", way: "pull");
        async Task<int> StepAsync(string state) => (await AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Post, "subscriptions/G18.pulled/state",
            new JsonObject { ["state"] = state, ["reason"] = "as decided" })).GetProperty("version").GetInt32();
        async Task<int> WriteAsync(string? filter) => (await AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Put, "subscriptions/G18.pulled",
            new JsonObject { ["terms"] = AgreementDesk.Asks(filter, "statistics"), ["reason"] = "as decided" })).GetProperty("version").GetInt32();
        Task<long> EventsAsync() => Database.CountAsync(desk.Bus.ConnectionString, "select count(*) from event_log where type = 'vn.exchangebus.subscriptionchanged.v1'");
        Assert.That(await StepAsync("paused"), Is.EqualTo(2));
        var events = await EventsAsync();

        Assert.That((await StepAsync("paused"), await WriteAsync(null), await EventsAsync()), Is.EqualTo((2, 2, events)));
        Assert.That((await StepAsync("active"), await StepAsync("active"), await WriteAsync("subject = 'x'"), await EventsAsync()), Is.EqualTo((3, 3, 4, events + 2)), "what changes something does");
    }
}
