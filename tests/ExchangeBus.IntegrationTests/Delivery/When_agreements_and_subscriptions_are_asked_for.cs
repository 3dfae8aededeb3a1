using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_agreements_and_subscriptions_are_asked_for
{
    private AgreementDesk _desk = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => _desk = await AgreementDesk.OpenAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_name_everything_that_is_wrong_at_once()
    {
        var terms = AgreementDesk.Terms("public", "/child/shoeSize", "birthDate");
        (terms["purpose"], terms["legalBasis"], terms["validUntil"]) = ("?", new JsonObject { ["document"] = "47/2020/NĐ-CP" }, "2020-01-01");
        terms["provinces"] = new JsonArray("01", "99");

        var (status, codes) = await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, "agreements", new JsonObject { ["name"] = "Bad Name", ["terms"] = terms });

        Assert.That(status, Is.EqualTo(422));
        Assert.That(codes, Is.EqualTo(new[]
        {
            "/name agreement.name", "/terms/purpose agreement.purpose", "/terms/releases/0/fields/1 release.unknown", "/terms/releases/0/fields/2 release.form",
            "/terms/provinces/1 agreement.province", "/terms/validUntil agreement.validity", "/terms/legalBasis/document agreement.basis", "/reason rules.reason",
        }));
    }

    [TestCase("""{"name":"x","terms":{"purpose":"p","releases":"none"}}""", "/terms/releases rules.malformed")]
    [TestCase("""{"name":"x","terms":{"purpose":null,"releases":[]}}""", "/terms/purpose rules.malformed")]
    [TestCase("""{"name":"x"}""", " rules.malformed")]
    [TestCase("""{"name":"x","terms":{"purpose":"p","releases":[],"extra":1}}""", "/terms/extra rules.malformed")]
    [TestCase("[]", " rules.malformed")]
    [TestCase("{\"name\":\"x\",\"reason\":\"a\\u0000b\",\"terms\":{\"purpose\":\"p\",\"releases\":[]}}", "/reason rules.malformed")]
    [TestCase("""{"name":"x","terms":{"purpose":"p","releases":[{"types":[null],"fields":[]}]}}""", "/terms/releases/0/types/0 rules.malformed")]
    public async Task Should_say_where_the_body_has_another_form(string body, string expected)
    {
        var (status, codes) = await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, "agreements", JsonNode.Parse(body));

        Assert.That((status, codes), Is.EqualTo((400, new[] { expected })));
    }

    [Test]
    public async Task Should_name_the_types_of_a_pattern_that_nobody_owns()
    {
        var terms = AgreementDesk.Terms("public");
        terms["releases"]![0]!["types"] = new JsonArray("vn.*");
        using var answer = await _desk.AtReceiver.PostAsync("agreements", JsonContent.Create(new JsonObject { ["name"] = "all", ["terms"] = terms, ["reason"] = "needed" }));

        var violation = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["violations"]!.AsArray().Single(v => (string?)v!["code"] == "agreement.noowner")!;
        foreach (var message in (string[])["messageVi", "messageEn"])
            Assert.That((string?)violation[message], Does.Contain("vn.civilstatus.birthregistered.v1").And.Not.Contain("vn.portal."), "those without an owner, and no other");
    }

    [Test]
    public async Task Should_warn_of_attributes_in_a_filter_that_are_not_known()
    {
        await _desk.AgreeAsync("spelt", AgreementDesk.Terms("public"));

        var made = await _desk.SubscribeAsync("spelt", "spelt", way: "pull", filter: "EXISTS purpos AND purpos = '2.002621' OR ownattribute = 'x'");
        var right = await _desk.SubscribeAsync("right", "spelt", way: "pull", filter: "EXISTS purpose AND subject = 'x'");

        var warnings = made.GetProperty("warnings").EnumerateArray().ToArray();
        Assert.That(warnings.Select(w => (w.GetProperty("code").GetString(), w.GetProperty("severity").GetString())), Is.All.EqualTo(("subscription.attribute", "warning")));
        Assert.That(warnings.Select(w => w.GetProperty("messageEn").GetString()), Is.EqualTo(new[]
        {
            "Column 42: the bus knows no attribute ownattribute; to the filter it is absent in every event to which no publisher adds it.",
            "Column 8: the bus knows no attribute purpos; to the filter it is absent in every event to which no publisher adds it. Is purpose meant?",
        }));
        Assert.That(right.TryGetProperty("warnings", out _), Is.False);
    }

    [Test]
    public async Task Should_take_no_terms_that_would_keep_it_busy()
    {
        var terms = AgreementDesk.Terms("public");
        terms["releases"]![0]!["types"] = new JsonArray([.. Enumerable.Repeat("vn.*", 101).Select(t => (JsonNode)t)]);
        var wide = AgreementDesk.Terms([.. Enumerable.Repeat("/nothing", 1001)]);
        JsonObject Draft(JsonObject of) => new() { ["name"] = "wide", ["terms"] = of, ["reason"] = "needed" };

        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, "agreements", Draft(terms)), Is.EqualTo((422, new[] { "/terms/releases/0/types agreement.toomuch" })));
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, "agreements", Draft(wide)), Is.EqualTo((422, new[] { "/terms/releases agreement.toomuch" })));
    }

    [Test]
    public async Task Should_leave_the_decision_to_the_owner_and_show_it_to_nobody_else()
    {
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, "agreements", new JsonObject { ["name"] = "mine", ["terms"] = AgreementDesk.Terms("public"), ["reason"] = "needed" });
        await _desk.MoveAsync(_desk.AtReceiver, "mine", "requested");
        using var stranger = _desk.Bus.ClientOf(AgreementDesk.Stranger);
        JsonObject Step(string state) => new() { ["state"] = state, ["reason"] = "as decided" };

        var approval = Step("approved");
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtOwner, HttpMethod.Post, "agreements/G18.mine/state", approval), Is.EqualTo((422, new[] { "/version agreement.version" })));
        approval["version"] = 1;
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtOwner, HttpMethod.Post, "agreements/G18.mine/state", approval), Is.EqualTo((409, new[] { " rules.changed" })), "what was not read is not approved");
        approval["version"] = 2;
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, "agreements/G18.mine/state", approval), Is.EqualTo((409, new[] { "/state agreement.step" })));
        Assert.That(await AgreementDesk.RefusedAsync(stranger, HttpMethod.Get, "agreements/G18.mine", null), Is.EqualTo((404, new[] { " agreement.unknown" })));
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Put, "agreements/G18.mine",
            new JsonObject { ["terms"] = AgreementDesk.Terms("sensitive"), ["reason"] = "more" }), Is.EqualTo((403, new[] { " agreement.notyours" })));
        await _desk.MoveAsync(_desk.AtOwner, "mine", "approved");
        await _desk.MoveAsync(_desk.AtOwner, "mine", "active");
        await _desk.MoveAsync(_desk.AtReceiver, "mine", "suspended");
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, "agreements/G18.mine/state", Step("active")), Is.EqualTo((409, new[] { "/state agreement.step" })));

        var history = await AgreementDesk.SendAsync(_desk.AtOwner, HttpMethod.Get, "agreements/G18.mine", null);
        Assert.That(history.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("state").GetString()),
            Is.EqualTo(new[] { "drafted", "requested", "approved", "active", "suspended" }));
        Assert.That(history.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("fromSequence").GetInt64()), Is.Ordered.Ascending);
        Assert.That(history.GetProperty("changedBy").GetString(), Is.EqualTo("G18.adapter/CB-17"));
    }

    [Test]
    public async Task Should_tell_an_agency_of_changes_that_concern_it()
    {
        var terms = new JsonObject
        {
            ["purpose"] = "To hear of changes",
            ["legalBasis"] = new JsonObject { ["document"] = "278/2025/NĐ-CP" },
            ["releases"] = new JsonArray(new JsonObject { ["types"] = new JsonArray("vn.exchangebus.*"), ["fields"] = new JsonArray("public") }),
        };
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, "agreements", new JsonObject { ["name"] = "news", ["terms"] = terms, ["reason"] = "needed" });
        var active = await _desk.MoveAsync(_desk.AtReceiver, "news", "requested");
        Assert.That(active.GetProperty("state").GetString(), Is.EqualTo("active"), "nobody need decide on what the bus says to the agency");
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, "subscriptions", new JsonObject
        {
            ["name"] = "news",
            ["terms"] = new JsonObject { ["types"] = new JsonArray("vn.exchangebus.*"), ["agreements"] = new JsonArray("G18.news") },
            ["reason"] = "needed",
        });

        await _desk.AgreeAsync("told", AgreementDesk.Terms("public"));

        var told = await _desk.TakeAsync("sub.G18.news", 4);
        Assert.That(told.Select(e => (e.Type, e.Subject, JsonNode.Parse(e.Data.Span)!["state"]!.GetValue<string>())), Is.EqualTo(
            ((string[])["drafted", "requested", "approved", "active"]).Select(state => ("vn.exchangebus.agreementchanged.v1", "G18.told", state))));
    }

    [Test]
    public async Task Should_refuse_a_subscription_without_an_agreement_or_with_a_filter_that_is_none()
    {
        await _desk.AgreeAsync("filtered", AgreementDesk.Terms("public"));
        var terms = new JsonObject
        {
            ["types"] = new JsonArray("vn.portal.linkedbirthsubmitted.v1", "vn.population.citizenupdated.v1", "vn.nothing.*"),
            ["agreements"] = new JsonArray("G18.filtered", "G18.none"),
            ["filter"] = "type = 'x' AND",
            ["expiresAt"] = "2020-01-01T00:00:00Z",
        };

        var (status, codes) = await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, "subscriptions",
            new JsonObject { ["name"] = "bad", ["terms"] = terms, ["partitions"] = 33, ["reason"] = "needed" });

        Assert.That(status, Is.EqualTo(422));
        Assert.That(codes, Is.EqualTo(new[]
        {
            "/terms/agreements/1 subscription.agreement", "/terms/types/1 subscription.notagreed", "/terms/types/2 subscription.type", "/terms/filter subscription.filter",
            "/terms/expiresAt subscription.expires", "/partitions subscription.partitions",
        }));
    }

    [Test]
    public async Task Should_show_what_would_have_been_delivered_by_what_the_owner_has_agreed()
    {
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, "agreements",
            new JsonObject { ["name"] = "tried", ["terms"] = AgreementDesk.Terms("public", "/child/birthDate"), ["reason"] = "needed" });
        await _desk.PublishAsync("G22.99.08-261129-000001");
        await _desk.PublishAsync("G22.99.08-261129-000002");
        var terms = new JsonObject
        {
            ["types"] = new JsonArray("vn.portal.*"),
            ["agreements"] = new JsonArray("G18.tried"),
            ["filter"] = "subject = 'G22.99.08-261129-000002'",
        };

        var result = await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, "subscriptions/dry-run", new JsonObject { ["terms"] = terms, ["days"] = 2 });

        Assert.That((result.GetProperty("matched").GetInt64(), result.GetProperty("samples").GetArrayLength()), Is.EqualTo((0L, 0)), "a draft says nothing about events");
        Assert.That(result.GetProperty("withheldBy").GetProperty("agreement.state").GetInt64(), Is.GreaterThanOrEqualTo(2), "not even which of them the filter would let through");
        foreach (var (who, state) in ((HttpClient, string)[])[(_desk.AtReceiver, "requested"), (_desk.AtOwner, "approved"), (_desk.AtOwner, "active")])
            await _desk.MoveAsync(who, "tried", state);
        result = await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, "subscriptions/dry-run", new JsonObject { ["terms"] = terms.DeepClone(), ["days"] = 2 });
        Assert.That(result.GetProperty("matched").GetInt64(), Is.EqualTo(1));
        Assert.That(result.GetProperty("isComplete").GetBoolean(), Is.True);
        var sample = result.GetProperty("samples").EnumerateArray().Single();
        Assert.That(sample.GetProperty("data").GetProperty("child").EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "birthDate" }));
        Assert.That(sample.GetProperty("withheldFields").EnumerateArray().Select(f => f.GetString()), Does.Contain("/mother"));
    }

    [Test]
    public async Task Should_keep_what_comes_while_a_subscription_is_paused()
    {
        await _desk.AgreeAsync("paused", AgreementDesk.Terms("public"));
        await _desk.SubscribeAsync("paused", "paused");
        JsonObject Step(string state) => new() { ["state"] = state, ["reason"] = "maintenance" };
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, "subscriptions/G18.paused/state", Step("paused"));
        var first = await _desk.PublishAsync();
        var second = await _desk.PublishAsync();
        Assert.That(await _desk.TakeAsync("sub.G18.paused", 1), Is.Empty);

        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, "subscriptions/G18.paused/state", Step("active"));

        Assert.That((await _desk.TakeAsync("sub.G18.paused", 2)).Select(AgreementDesk.SequenceOf), Is.EqualTo(new[] { first, second }));
        using var stranger = _desk.Bus.ClientOf(AgreementDesk.Stranger);
        Assert.That(await AgreementDesk.RefusedAsync(stranger, HttpMethod.Get, "subscriptions/G18.paused", null), Is.EqualTo((404, new[] { " subscription.unknown" })));
    }
}
