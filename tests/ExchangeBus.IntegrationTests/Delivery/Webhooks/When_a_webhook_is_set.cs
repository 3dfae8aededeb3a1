using System.Text.Json.Nodes;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

[TestFixture]
public sealed class When_a_webhook_is_set
{
    private const string Path = $"subscriptions/{HookDesk.Name}/webhook";
    private HookReceiver _receiver = null!;
    private AgreementDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _receiver = await HookReceiver.StartAsync();
        _desk = await AgreementDesk.OpenAsync(HookDesk.Settings);
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await _desk.SubscribeAsync("hooked", "statistics", way: "webhook");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _desk.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Test]
    public async Task Should_be_its_agencys_alone()
    {
        using var stranger = _desk.Bus.ClientOf(AgreementDesk.Stranger);
        foreach (var (method, path) in new[] { (HttpMethod.Get, Path), (HttpMethod.Put, Path), (HttpMethod.Post, $"{Path}/keys"), (HttpMethod.Delete, $"{Path}/keys/{Guid.Empty}"),
            (HttpMethod.Get, $"subscriptions/{HookDesk.Name}/waiting"), (HttpMethod.Post, $"subscriptions/{HookDesk.Name}/waiting/1/retry-now") })
        {
            Assert.That(await AgreementDesk.RefusedAsync(stranger, method, path, method == HttpMethod.Put ? HookDesk.Asked(_receiver) : new JsonObject()),
                Is.EqualTo((404, new[] { " webhook.unknown" })), $"{method} {path}");
        }

        using var nobody = new HttpClient { BaseAddress = _desk.Bus.Address };
        using var refused = await nobody.GetAsync(Path);
        Assert.That((int)refused.StatusCode, Is.EqualTo(401));
        await _desk.SubscribeAsync("queued", "statistics");
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Get, "subscriptions/G18.queued/webhook", null), Is.EqualTo((404, new[] { " webhook.unknown" })));
    }

    [Test]
    public async Task Should_hear_all_that_is_wrong_at_once()
    {
        var asked = new JsonObject
        {
            ["address"] = "http://agency.gov.vn/",
            ["keys"] = new JsonArray(new JsonObject { ["key"] = "whsec_short" }, new JsonObject { ["kind"] = "rsa" }),
            ["concurrency"] = 65,
            ["timeLimitSeconds"] = 1e300,
            ["requestsPerMinute"] = 0,
            ["retryForHours"] = 0,
        };

        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Put, Path, asked), Is.EqualTo((422, new[]
        {
            "/address webhook.address", "/keys/0/key webhook.key", "/concurrency webhook.concurrency", "/timeLimitSeconds webhook.time-limit", "/requestsPerMinute webhook.rate",
            "/retryForHours webhook.retry-for", "/keys/1/kind webhook.kind", "/reason webhook.reason",
        })));
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Put, Path, new JsonObject { ["address"] = 1 }), Is.EqualTo((400, new[] { "/address webhook.malformed" })));
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Get, Path, null), Is.EqualTo((404, new[] { " webhook.not-set" })));
    }

    [Test]
    public async Task Should_store_nothing_that_the_receiver_has_not_granted()
    {
        _receiver.Grants = false;

        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Put, Path, HookDesk.Asked(_receiver)), Is.EqualTo((422, new[] { "/address webhook.not-granted" })));

        Assert.That(await Database.CountAsync(_desk.Bus.ConnectionString, "select (select count(*) from webhook_endpoint) + (select count(*) from webhook_key)"), Is.Zero);
    }

    [Test]
    public async Task Should_show_a_key_once_and_only_where_the_bus_has_made_it()
    {
        var asked = HookDesk.Asked(_receiver);
        asked["keys"] = new JsonArray(new JsonObject { ["key"] = HookDesk.Key }, new JsonObject(), new JsonObject { ["kind"] = "ed25519" });
        var saved = await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Put, Path, asked);

        var made = saved.GetProperty("madeKeys");
        Assert.That(made[0].GetProperty("key").GetString(), Does.StartWith("whsec_"));
        Assert.That(made[1].TryGetProperty("key", out _), Is.False, "the private half stays here");
        Assert.That(made[1].GetProperty("publicKey").GetString(), Does.StartWith("whpk_"));
        Assert.That(saved.ToString(), Does.Not.Contain(HookDesk.Key));
        var shown = await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, Path, null);
        Assert.That(shown.ToString(), Does.Not.Contain("whsec_").And.Not.Contain("whsk_"));
        Assert.That(shown.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kind").GetString()), Is.EqualTo(new[] { "hmac-sha256", "hmac-sha256", "ed25519" }));
        Assert.That(shown.GetProperty("changedBy").GetString(), Is.EqualTo("G18.adapter/CB-17"));

        // Other settings without keys keep them.
        asked.Remove("keys");
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Put, Path, asked);
        Assert.That((await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, Path, null)).GetProperty("keys").GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public async Task Should_keep_a_key_that_signs_and_forget_the_secret_of_one_that_is_withdrawn()
    {
        var saved = await _desk.HookAsync(_receiver);
        var first = saved.GetProperty("webhook").GetProperty("keys")[0].GetProperty("id").GetString();
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Delete, $"{Path}/keys/{first}?reason=leaked", null), Is.EqualTo((409, new[] { " webhook.last-key" })));
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, $"{Path}/keys", new JsonObject { ["key"] = "whsec_x", ["reason"] = "leaked" }), Is.EqualTo((422, new[] { "/key webhook.key" })));
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, $"{Path}/keys", new JsonObject { ["reason"] = "leaked" });

        using var withdrawn = await _desk.AtReceiver.DeleteAsync($"{Path}/keys/{first}?reason=leaked&officer=CB-17");

        Assert.That((int)withdrawn.StatusCode, Is.EqualTo(204));
        Assert.That(await Database.CountAsync(_desk.Bus.ConnectionString, "select count(*) from webhook_key where id = @Key::uuid and secret is null and withdrawn_at is not null", new { Key = first }), Is.EqualTo(1));
        Assert.That(await Database.CountAsync(_desk.Bus.ConnectionString, "select count(*) from webhook_change where action = 'key-withdrawn' and changed_by = 'G18.adapter/CB-17' and reason = 'leaked'"), Is.EqualTo(1));
    }
}
