using System.Globalization;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Expiry;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_a_date_has_come
{
    private AgreementDesk _desk = null!;
    private RunningBus _beside = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _desk = await AgreementDesk.OpenAsync();
        _beside = await _desk.Bus.StartBesideAsync();
        await NewsAsync("G18", _desk.AtReceiver);
        await NewsAsync(AgreementDesk.Owner.Code, _desk.AtOwner);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _beside.DisposeAsync();
        await _desk.DisposeAsync();
    }

    [Test]
    public async Task Should_tell_the_agency_once_that_its_subscription_has_expired_though_two_hosts_look()
    {
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        var expiresAt = TimeProvider.System.GetUtcNow().AddSeconds(4);
        var terms = AgreementDesk.Asks(null, "statistics");
        terms["expiresAt"] = expiresAt.ToString("O", CultureInfo.InvariantCulture);
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, "subscriptions", new JsonObject { ["name"] = "short", ["terms"] = terms, ["reason"] = "needed" });

        var told = (await TakeAsync("G18", 1)).Single();
        // Both hosts have looked again by then.
        await Task.Delay(TimeSpan.FromSeconds(11), CancellationToken.None);

        var data = JsonNode.Parse(told.Data.Span)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((told.Type, told.Subject, data["subscription"]!.GetValue<string>()), Is.EqualTo((EventTypes.SubscriptionExpired, "G18.short", "G18.short")));
            Assert.That(data["expiredAt"]!.GetValue<DateTimeOffset>(), Is.EqualTo(expiresAt).Within(TimeSpan.FromMilliseconds(1)));
            Assert.That(await LoggedAsync(EventTypes.SubscriptionExpired), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Should_tell_both_sides_once_that_an_agreement_has_expired_and_again_for_another_day()
    {
        var terms = AgreementDesk.Terms("public");
        terms["validUntil"] = Day(0);
        await _desk.AgreeAsync("statistics", terms);
        await LookAsync(TimeSpan.Zero);
        Assert.That(await LoggedAsync(EventTypes.AgreementExpired), Is.Zero, "its last day is today");

        await LookAsync(TimeSpan.FromDays(1));
        await LookAsync(TimeSpan.FromDays(2));
        var told = (Receiver: await TakeAsync("G18", 1), Owner: await TakeAsync(AgreementDesk.Owner.Code, 1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.Receiver.Concat(told.Owner).Select(e => (e.Type, e.Subject)), Is.All.EqualTo((EventTypes.AgreementExpired, "G18.statistics")));
            Assert.That(await LoggedAsync(EventTypes.AgreementExpired), Is.EqualTo(2), "one for each side, however often it is looked");
        }

        terms = AgreementDesk.Terms("public");
        terms["validUntil"] = Day(3);
        await AgreementDesk.SendAsync(_desk.AtOwner, HttpMethod.Put, "agreements/G18.statistics", new JsonObject { ["terms"] = terms, ["reason"] = "some days more" });
        await LookAsync(TimeSpan.FromDays(2));
        Assert.That(await LoggedAsync(EventTypes.AgreementExpired), Is.EqualTo(2));
        await LookAsync(TimeSpan.FromDays(4));
        Assert.That(await LoggedAsync(EventTypes.AgreementExpired), Is.EqualTo(4));
    }

    /// <summary>Two hosts look at the same moment, so many days from now.</summary>
    private Task LookAsync(TimeSpan later) => Task.WhenAll(new[] { _desk.Bus, _beside, _desk.Bus, _beside }.Select(bus =>
    {
        var of = bus.Provider;
        var sweep = new ExpirySweep(of.GetRequiredService<NpgsqlDataSource>(), of.GetRequiredService<RuleChange>(), of.GetRequiredService<OrderKeys>(), of.GetRequiredService<LogTail>(),
            new Later(later), NullLogger<ExpirySweep>.Instance);
        return sweep.LookAsync(CancellationToken.None);
    }));

    private static string Day(int days) => TimeProvider.System.GetUtcNow().AddHours(7).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task<long> LoggedAsync(string type) => Database.CountAsync(_desk.Bus.ConnectionString, "select count(*) from event_log where type = @Type", new { Type = type });

    private static async Task NewsAsync(string agency, HttpClient who)
    {
        var terms = new JsonObject
        {
            ["purpose"] = "To hear of what ends",
            ["legalBasis"] = new JsonObject { ["document"] = "278/2025/NĐ-CP" },
            ["releases"] = new JsonArray(new JsonObject { ["types"] = new JsonArray("vn.exchangebus.*"), ["fields"] = new JsonArray("public") }),
        };
        await AgreementDesk.SendAsync(who, HttpMethod.Post, "agreements", new JsonObject { ["name"] = "news", ["terms"] = terms, ["reason"] = "needed" });
        await AgreementDesk.SendAsync(who, HttpMethod.Post, $"agreements/{agency}.news/state", new JsonObject { ["state"] = "requested", ["reason"] = "as decided" });
        await AgreementDesk.SendAsync(who, HttpMethod.Post, "subscriptions", new JsonObject
        {
            ["name"] = "news",
            ["terms"] = new JsonObject { ["types"] = new JsonArray(EventTypes.AgreementExpired, EventTypes.SubscriptionExpired), ["agreements"] = new JsonArray($"{agency}.news") },
            ["reason"] = "needed",
        });
    }

    private Task<IReadOnlyList<CloudEvent>> TakeAsync(string agency, int count) =>
        Eventually.GetAsync(() => _desk.TakeAsync($"sub.{agency}.news", count), taken => taken.Count == count, $"{agency} is told");

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
