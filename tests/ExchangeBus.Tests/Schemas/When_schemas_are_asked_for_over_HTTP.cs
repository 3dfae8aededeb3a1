using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Checks;
using ExchangeBus.Schemas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Tests.Schemas;

public sealed class When_schemas_are_asked_for_over_HTTP
{
    private const string Type = "vn.portal.linkedbirthsubmitted.v1";
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).Configure<ChecksOptions>(checks => checks.SchemasFolder = SchemaFolder.Root);
        builder.Services.AddSchemas();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapSchemas();
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Test]
    public async Task Should_list_every_type_with_what_it_holds_and_where_to_read_on()
    {
        var types = (await JsonAsync(await _client.GetAsync("/schemas")))["types"]!.AsArray();

        Assert.That(types.Select(type => (string?)type!["type"]), Is.EquivalentTo(SchemaFolder.EventTypeValues));
        var linked = types.Single(type => (string?)type!["type"] == Type)!;
        Assert.That((string?)linked["title"], Does.Contain(" / "));
        Assert.That((int?)linked["classifications"]!["sensitive"], Is.EqualTo(6), "the child, and ethnic groups wherever they stand");
        using var schema = await _client.GetAsync((string)linked["links"]!["schema"]!);
        Assert.That(schema.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Should_compare_two_versions_once()
    {
        using var pages = new CompatibilityPages(new SchemaCatalogue(new ContractFiles(SchemaFolder.Root)), TimeProvider.System);

        var first = await pages.CompareVersionsAsync(Type, "current", "current", "full", new DefaultHttpContext());
        var again = await pages.CompareVersionsAsync(Type, "current", "current", null, new DefaultHttpContext());
        var backward = await pages.CompareVersionsAsync(Type, "current", "current", "backward", new DefaultHttpContext());

        Assert.That(((IValueHttpResult)again).Value, Is.Not.Null.And.SameAs(((IValueHttpResult)first).Value));
        Assert.That(((IValueHttpResult)backward).Value, Is.Not.SameAs(((IValueHttpResult)first).Value), "another question");
    }

    [Test]
    public async Task Should_send_a_schema_once_and_then_only_say_that_it_is_the_same()
    {
        using var first = await _client.GetAsync($"/schemas/{Type}");
        Assert.That(first.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/schema+json"));
        Assert.That(await first.Content.ReadAsByteArrayAsync(), Is.EqualTo(File.ReadAllBytes(SchemaFolder.SchemaFile("portal/linkedbirthsubmitted"))));

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/schemas/{Type}");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _client.SendAsync(again);
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(first.Headers.CacheControl!.MaxAge, Is.EqualTo(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task Should_resolve_references_on_this_host()
    {
        using var schema = await _client.GetAsync("/portal/linkedbirthsubmitted/v1.schema.json");
        var reference = (string)(await JsonAsync(schema))["properties"]!["commune"]!["$ref"]!;

        using var definitions = await _client.GetAsync(new Uri(schema.RequestMessage!.RequestUri!, reference));
        Assert.That((await JsonAsync(definitions))["$defs"]!["commune"], Is.Not.Null);
    }

    [TestCase("/schemas/vn.nobody.knows.v1", HttpStatusCode.NotFound, "schema.type")]
    [TestCase($"/schemas/{Type}?version=7.3", HttpStatusCode.NotFound, "schema.version")]
    [TestCase($"/schemas/{Type}/compatibility?mode=sideways", HttpStatusCode.BadRequest, "schema.mode")]
    [TestCase($"/schemas/{Type}/compatibility?from=7.3", HttpStatusCode.NotFound, "schema.version")]
    public async Task Should_say_what_is_not_there(string address, HttpStatusCode status, string code)
    {
        using var answer = await _client.GetAsync(address);
        await RefusedAsync(answer, status, code);
    }

    [Test]
    public async Task Should_compare_two_versions()
    {
        using var answer = await _client.GetAsync($"/schemas/{Type}/compatibility?from=current&to=current&mode=full");
        var report = await JsonAsync(answer);

        Assert.That((string?)report["verdict"], Is.EqualTo("compatible"));
        Assert.That((bool?)report["mayFollow"], Is.True);
    }

    [Test]
    public async Task Should_show_what_a_proposed_change_would_break()
    {
        var proposed = SchemaFolder.Parse(SchemaFolder.SchemaFile("portal/linkedbirthsubmitted")).DeepClone();
        proposed["required"]!.AsArray().Add("father");
        proposed["properties"]!["note"] = new JsonObject { ["type"] = "string", ["maxLength"] = 5 };
        proposed["properties"]!["mother"]!["x-classification"] = "public";

        using var answer = await PostAsync(proposed.ToJsonString());
        var report = await JsonAsync(answer);

        Assert.That((string?)report["verdict"], Is.EqualTo("incompatible"));
        Assert.That((bool?)report["mayFollow"], Is.False);
        var findings = report["findings"]!.AsArray();
        var father = findings.Single(finding => (string?)finding!["keyword"] == "required")!;
        Assert.That((string?)father["messageEn"], Does.Contain("'father'"));
        Assert.That(PublishedSchemas.Validate("portal/linkedbirthsubmitted", Encoding.UTF8.GetBytes(father["example"]!.ToJsonString())), Is.Empty, "valid today");
        Assert.That((bool?)findings.Single(finding => (string?)finding!["pointer"] == "/note")!["allowedByPolicy"], Is.True);
        Assert.That((string?)report["loweredClassifications"]![0]!["pointer"], Is.EqualTo("/mother"));
    }

    [TestCase("5", "5")]
    [TestCase("{}", "{}")]
    [TestCase("null", null)]
    public async Task Should_say_that_a_proposed_classification_is_none(string written, string? shown)
    {
        var proposed = SchemaFolder.Parse(SchemaFolder.SchemaFile("portal/linkedbirthsubmitted")).DeepClone();
        proposed["properties"]!["mother"]!["x-classification"] = JsonNode.Parse(written);

        using var answer = await PostAsync(proposed.ToJsonString());
        var lowered = (await JsonAsync(answer))["loweredClassifications"]!.AsArray();

        Assert.That(lowered.Select(field => ((string?)field!["pointer"], (string?)field["to"])), Is.EqualTo(new[] { ("/mother", shown) }));
    }

    [TestCase("{", HttpStatusCode.BadRequest, "schema.load.json")]
    [TestCase("""{"typ":"object"}""", HttpStatusCode.BadRequest, "schema.load.unknown-keyword")]
    [TestCase("""{"$ref":"https://example.org/elsewhere"}""", HttpStatusCode.BadRequest, "schema.load.unresolved-reference")]
    [TestCase("""{"$ref":"#"}""", HttpStatusCode.BadRequest, "schema.load.reference-loop")]
    public async Task Should_refuse_a_candidate_that_is_no_schema(string text, HttpStatusCode status, string code)
    {
        using var answer = await PostAsync(text);
        await RefusedAsync(answer, status, code);
    }

    [Test]
    public async Task Should_not_be_hurt_by_a_hostile_candidate()
    {
        using (var deep = await PostAsync(string.Concat(Enumerable.Repeat("{\"not\":", 5_000)) + "{}" + new string('}', 5_000)))
            await RefusedAsync(deep, HttpStatusCode.BadRequest, "schema.load.json");
        using (var large = await PostAsync("{\"description\":\"" + new string('a', 70_000) + "\"}"))
            await RefusedAsync(large, HttpStatusCode.RequestEntityTooLarge, "schema.toolarge");
        using (var many = await PostAsync("{\"patternProperties\":{" + string.Join(',', Enumerable.Range(0, 200).Select(n => $"\"^{n}\":{{}}")) + "}}"))
            await RefusedAsync(many, HttpStatusCode.BadRequest, "schema.patterns");
        using (var text = await _client.PostAsync($"/schemas/{Type}/compatibility", new StringContent("x", Encoding.UTF8, "text/plain")))
            await RefusedAsync(text, HttpStatusCode.UnsupportedMediaType, "schema.mediatype");

        var started = TimeProvider.System.GetTimestamp();
        var patterns = string.Join(',', Enumerable.Range(0, 45).Select(n => $$"""{"pattern":"^(?:(?:a|b|{{n}}){1,900}){1,30}c$"}"""));
        using var heavy = await PostAsync($$"""{"anyOf":[{{patterns}}]}""");
        Assert.That(heavy.StatusCode, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.BadRequest));
        const string Branch = """{"properties":{"aN":{"$ref":"#"},"b":{"anyOf":[{"$ref":"#"},{"minItems":N}]}}}""";
        var branches = string.Join(',', Enumerable.Range(0, 12).Select(n => Branch.Replace("N", $"{n}", StringComparison.Ordinal)));
        using var wide = await PostAsync($$"""{"anyOf":[{{branches}}],"oneOf":[{{branches}}]}""");
        Assert.That(wide.StatusCode, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.BadRequest));
        TestContext.Out.WriteLine($"both hostile candidates: {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(40)));
    }

    [Test]
    public async Task Should_send_the_AsyncAPI_document()
    {
        using var answer = await _client.GetAsync("/asyncapi.json");
        Assert.That((string?)(await JsonAsync(answer))["asyncapi"], Is.EqualTo("3.0.0"));
        Assert.That(answer.Headers.ETag, Is.Not.Null);
    }

    private Task<HttpResponseMessage> PostAsync(string schema) =>
        _client.PostAsync($"/schemas/{Type}/compatibility", new StringContent(schema, Encoding.UTF8, new MediaTypeHeaderValue("application/schema+json")));

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!;
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        var violation = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["violations"]![0]!;
        Assert.That((string?)violation["code"], Is.EqualTo(code));
        Assert.That((string?)violation["messageVi"], Is.Not.Empty);
        Assert.That((string?)violation["messageEn"], Is.Not.Empty);
    }
}
