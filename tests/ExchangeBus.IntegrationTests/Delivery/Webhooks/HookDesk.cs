using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

/// <summary>What tests of webhooks need beside <see cref="AgreementDesk"/>: a subscription that is called at a receiver, and looks at what waits for it.</summary>
internal static class HookDesk
{
    internal const string Name = "G18.hooked";

    internal const string Key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwtUU8AgeW3Lw=";

    internal static Dictionary<string, string?> Settings => new(AgreementDesk.Settings)
    {
        ["Delivery:Webhooks:AllowLoopback"] = "true",
        ["Delivery:Webhooks:Lease"] = "00:00:02",
        ["Delivery:Webhooks:FirstBreak"] = "00:00:01",
    };

    internal static async Task<AgreementDesk> OpenAsync(HookReceiver receiver, double? retryForHours = null)
    {
        var desk = await AgreementDesk.OpenAsync(Settings);
        await desk.AgreeAsync("statistics", AgreementDesk.Terms("public", "/child/birthDate"));
        await desk.SubscribeAsync("hooked", "statistics", way: "webhook");
        await desk.HookAsync(receiver, retryForHours: retryForHours);
        return desk;
    }

    internal static JsonObject Asked(HookReceiver receiver) => new()
    {
        ["address"] = receiver.Address,
        ["keys"] = new JsonArray(new JsonObject { ["key"] = Key }),
        ["reason"] = "to be told at once",
        ["officer"] = "CB-17",
    };

    internal static Task<JsonElement> HookAsync(this AgreementDesk desk, HookReceiver receiver, string name = Name, int concurrency = 8, double? retryForHours = null)
    {
        var asked = Asked(receiver);
        asked["concurrency"] = concurrency;
        asked["retryForHours"] = retryForHours;
        return AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Put, $"subscriptions/{name}/webhook", asked);
    }

    internal static async Task<JsonElement[]> WaitingAsync(this AgreementDesk desk) =>
        [.. (await AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Get, $"subscriptions/{Name}/waiting", null)).GetProperty("waiting").EnumerateArray()];

    internal static Task<JsonElement[]> WaitUntilWaitingAsync(this AgreementDesk desk, int count) =>
        Eventually.GetAsync(desk.WaitingAsync, w => w.Length == count, $"{count} waiting");

    internal static Task RetryNowAsync(this AgreementDesk desk, long sequence) =>
        AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Post, $"subscriptions/{Name}/waiting/{sequence}/retry-now", null);

    internal static Task TakenAsync(this HookReceiver receiver, int count) =>
        Eventually.GetAsync(() => Task.FromResult(receiver.Taken.Select(t => t.Sequence).Distinct().Count()), n => n >= count, $"{count} deliveries taken", TimeSpan.FromSeconds(60));

    internal static Task AcknowledgedAsync(this AgreementDesk desk, long sequence) => Eventually.GetAsync(
        () => Database.CountAsync(desk.Bus.ConnectionString, "select acknowledged from delivery_position where subscription = 'G18.hooked'"), a => a >= sequence, $"{sequence} acknowledged");

    internal static string Subject(int citizen) => $"G22.99.08-261123-{citizen:000000}";

    /// <summary>The balance once nothing is pending; it must be right.</summary>
    internal static async Task<JsonElement> BalanceAsync(this AgreementDesk desk)
    {
        var balance = await Eventually.GetAsync(() => AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Get, $"subscriptions/{Name}/balance", null), b => b.GetProperty("pending").GetInt64() == 0, "nothing pending");
        Assert.That(balance.GetProperty("isBalanced").GetBoolean(), Is.True, $"{balance}");
        return balance;
    }
}
