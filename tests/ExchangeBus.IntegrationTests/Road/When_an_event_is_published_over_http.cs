using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_an_event_is_published_over_http
{
    private RunningBus _bus = null!;
    private HttpClient _portal = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Samples.Population, Samples.Health],
            new Dictionary<string, string?> { ["Intake:MaxEventBytes"] = "16384" });
        _portal = _bus.ClientOf(Samples.Portal);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _portal.Dispose();
        await _bus.DisposeAsync();
    }

    [Test]
    public async Task Should_answer_with_its_place_in_the_log_and_deliver_it_to_the_subscribers_queue()
    {
        var published = Samples.LinkedBirth();

        using var answer = await PostAsync(CloudEventJson.Write(published), CloudEventJson.MediaType);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var receipt = (await answer.Content.ReadFromJsonAsync<Receipt>(EventData.Json))!;
        Assert.That(receipt, Has.Property(nameof(Receipt.Accepted)).True.And.Property(nameof(Receipt.Id)).EqualTo(published.Id));
        Assert.That(receipt.Sequence, Is.GreaterThan(0));

        var delivered = await TakeAsync(published.Id);
        Assert.Multiple(() =>
        {
            Assert.That(delivered.Data.ToArray(), Is.EqualTo(published.Data.ToArray()), "the body must arrive byte for byte");
            Assert.That(delivered[ExtensionAttributes.Sequence], Is.EqualTo(receipt.Sequence!.Value.ToString(null, null)));
            Assert.That(delivered[ExtensionAttributes.PartitionKey], Is.Not.Null.And.Not.Contains(published.Subject!), "the order key must not say what it is about");
            Assert.That(delivered.Subject, Is.EqualTo(published.Subject));
        });
    }

    [Test]
    public async Task Should_say_who_has_it_and_since_when()
    {
        using var answer = await PostAsync(CloudEventJson.Write(Samples.LinkedBirth()), CloudEventJson.MediaType);
        var sequence = (await answer.Content.ReadFromJsonAsync<Receipt>(EventData.Json))!.Sequence!.Value;
        var where = answer.Headers.Location!.ToString().TrimStart('/');
        await Eventually.GetAsync(() => StateAsync(where), s => s == "delivered", "delivered");

        using var health = _bus.ClientOf(Samples.Health);
        using var word = await health.PostAsJsonAsync("acknowledgements", new Acknowledgement("G18.births", 0, 0, sequence), EventData.Json);
        Assert.That(word.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await StateAsync(where), Is.EqualTo("acknowledged"));

        using var foreign = await health.GetAsync(where);
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "only its publisher may ask about an event");
        using var nothing = await health.PostAsJsonAsync("acknowledgements", new Acknowledgement("G18.births", 0, 0, sequence + 1_000_000), EventData.Json);
        Assert.That(nothing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "nobody can acknowledge what was never delivered");
        using var others = await _portal.PostAsJsonAsync("acknowledgements", new Acknowledgement("G18.births", 0, 0, sequence), EventData.Json);
        Assert.That(others.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "nobody can speak for another agency");
    }

    [Test]
    public async Task Should_give_the_first_receipt_again_when_it_is_sent_again()
    {
        var body = CloudEventJson.Write(Samples.LinkedBirth());
        using var first = await PostAsync(body, CloudEventJson.MediaType);
        using var second = await PostAsync(body, CloudEventJson.MediaType);

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var (one, two) = (await first.Content.ReadFromJsonAsync<Receipt>(EventData.Json), await second.Content.ReadFromJsonAsync<Receipt>(EventData.Json));
        Assert.That(two!.Sequence, Is.EqualTo(one!.Sequence));
        Assert.That(two.Duplicate, Is.True);
    }

    [Test]
    public async Task Should_give_the_hash_of_what_is_kept_when_the_same_comes_written_differently()
    {
        var published = Samples.LinkedBirth();
        using var first = await PostAsync(CloudEventJson.Write(published), CloudEventJson.MediaType);
        var rewritten = published with { Data = JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize<JsonElement>(published.Data.Span)) };
        Assert.That(rewritten.Data.Length, Is.Not.EqualTo(published.Data.Length), "the second must differ in its bytes");
        using var second = await PostAsync(CloudEventJson.Write(rewritten), CloudEventJson.MediaType);

        var (one, two) = (await first.Content.ReadFromJsonAsync<Receipt>(EventData.Json), await second.Content.ReadFromJsonAsync<Receipt>(EventData.Json));
        var asked = await _portal.GetFromJsonAsync<Receipt>($"receipts/{published.Id}", EventData.Json);
        Assert.That((two!.Duplicate, two.DataHash), Is.EqualTo((true, one!.DataHash)), "a receipt is evidence of what stands in the log");
        Assert.That(asked!.DataHash, Is.EqualTo(one.DataHash));
    }

    [TestCase("GET", "receipts/nobody-sent-this", null, HttpStatusCode.NotFound, "request.unknown")]
    [TestCase("GET", "events/999999999/deliveries", null, HttpStatusCode.NotFound, "request.unknown")]
    [TestCase("GET", "held-events?after=x", null, HttpStatusCode.BadRequest, "request.malformed")]
    [TestCase("GET", "events", null, HttpStatusCode.MethodNotAllowed, "request.method")]
    [TestCase("POST", "acknowledgements", "{", HttpStatusCode.BadRequest, "request.malformed")]
    [TestCase("POST", "acknowledgements", "text", HttpStatusCode.UnsupportedMediaType, "request.mediatype")]
    public async Task Should_give_a_reason_with_every_no(string method, string path, string? body, HttpStatusCode status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, body == "text" ? "text/plain" : "application/json");

        using var answer = await _portal.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(await CodesAsync(answer), Is.EqualTo([code]));
    }

    [Test]
    public async Task Should_say_that_an_acknowledgement_does_not_connect()
    {
        using var answer = await PostAsync(CloudEventJson.Write(Samples.LinkedBirth()), CloudEventJson.MediaType);
        var sequence = (await answer.Content.ReadFromJsonAsync<Receipt>(EventData.Json))!.Sequence!.Value;

        using var health = _bus.ClientOf(Samples.Health);
        using var word = await health.PostAsJsonAsync("acknowledgements", new Acknowledgement("G18.births", 0, sequence, sequence), EventData.Json);

        Assert.That(word.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await CodesAsync(word), Is.EqualTo(["acknowledgement.after"]));
    }

    [Test]
    public async Task Should_refuse_another_body_under_the_same_id()
    {
        var published = Samples.LinkedBirth();
        using var first = await PostAsync(CloudEventJson.Write(published), CloudEventJson.MediaType);
        var other = Encoding.UTF8.GetString(published.Data.Span).Replace("\"male\"", "\"unknown\"").Replace("\"female\"", "\"unknown\"");
        using var second = await PostAsync(CloudEventJson.Write(published with { Data = Encoding.UTF8.GetBytes(other) }), CloudEventJson.MediaType);

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await CodesAsync(second), Is.EqualTo(["duplicate.differs"]));
    }

    [Test]
    public async Task Should_take_binary_mode()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "events") { Content = new ByteArrayContent(Samples.LinkedBirthData) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var id = Guid.CreateVersion7().ToString();
        foreach (var (name, value) in new[] { ("specversion", "1.0"), ("id", id), ("source", Samples.Portal.Source), ("type", EventTypes.LinkedBirthSubmitted), ("officer", "c%C3%A1n%20b%E1%BB%99-1") })
            request.Headers.TryAddWithoutValidation($"ce-{name}", value);

        using var answer = await _portal.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await TakeAsync(id))[ExtensionAttributes.Officer], Is.EqualTo("cán bộ-1"), "header values are percent-encoded UTF-8");
    }

    [Test]
    public async Task Should_answer_a_batch_event_by_event()
    {
        var (good, bad) = (Samples.LinkedBirth(), Samples.LinkedBirth() with { Type = "vn.nobody.knows.v1" });
        var body = Encoding.UTF8.GetBytes($"[{Encoding.UTF8.GetString(CloudEventJson.Write(good))},{Encoding.UTF8.GetString(CloudEventJson.Write(bad))},17]");

        using var answer = await PostAsync(body, CloudEventJson.BatchMediaType);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MultiStatus));
        var receipts = (await answer.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!;
        Assert.That(receipts.Select(r => r.Accepted), Is.EqualTo([true, false, false]));
        Assert.That(receipts[1].Violations.Select(v => v.Code), Is.EqualTo(["sender.type"]));
        Assert.That(receipts[2].Violations.Select(v => v.Code), Is.EqualTo(["envelope.notobject"]));
    }

    private static IEnumerable<TestCaseData> Bad()
    {
        var good = Encoding.UTF8.GetString(CloudEventJson.Write(Samples.LinkedBirth()));
        yield return new TestCaseData("{", HttpStatusCode.BadRequest, "", "json.malformed").SetArgDisplayNames("truncated");
        yield return new TestCaseData(good + "x", HttpStatusCode.BadRequest, "", "json.malformed").SetArgDisplayNames("text after the event");
        yield return new TestCaseData(string.Concat(Enumerable.Repeat("[", 5000)), HttpStatusCode.BadRequest, "", "envelope.notobject").SetArgDisplayNames("deep array");
        yield return new TestCaseData(good.Replace("\"data\":", "\"x\":" + string.Concat(Enumerable.Repeat("[", 200)) + ",\"data\":"), HttpStatusCode.BadRequest, "", "json.malformed").SetArgDisplayNames("deep nesting");
        yield return new TestCaseData(good.Replace("\"type\":", "\"typo\":"), HttpStatusCode.BadRequest, "/type", "envelope.missing").SetArgDisplayNames("missing type");
        yield return new TestCaseData(good.Replace("\"1.0\"", "\"0.3\""), HttpStatusCode.BadRequest, "/specversion", "envelope.specversion").SetArgDisplayNames("old version");
        yield return new TestCaseData(good.Replace(EventTypes.LinkedBirthSubmitted, "vn.portal.nothing.v1"), HttpStatusCode.UnprocessableEntity, "/type", "type.unknown").SetArgDisplayNames("unknown type");
        yield return new TestCaseData(good.Replace(EventTypes.LinkedBirthSubmitted, EventTypes.BirthRegistered), HttpStatusCode.Forbidden, "/type", "sender.type").SetArgDisplayNames("type of another agency");
        yield return new TestCaseData(good.Replace(Samples.Portal.Source, "urn:exchangebus:agency:G15:civilstatus"), HttpStatusCode.Forbidden, "/source", "sender.source").SetArgDisplayNames("source of another agency");
        yield return new TestCaseData(good.Replace("\"subject\":\"", "\"subject\":\"x"), HttpStatusCode.UnprocessableEntity, "/subject", "subject.differs").SetArgDisplayNames("subject of another dossier");
        yield return new TestCaseData(good.Replace("\"id\":", "\"officer\":\"001095000123\",\"id\":"), HttpStatusCode.UnprocessableEntity, "/officer", "envelope.personal").SetArgDisplayNames("a personal number in the envelope");
        yield return new TestCaseData(good.Replace("\"id\":", "\"correlationid\":\"" + new string('\u1EBF', 100) + "\",\"id\":"), HttpStatusCode.BadRequest, "/correlationid", "envelope.toolong").SetArgDisplayNames("300 bytes to correlate by");
        yield return new TestCaseData(good.Replace("\"id\":", "\"sequence\":\"1\",\"id\":"), HttpStatusCode.UnprocessableEntity, "/sequence", "envelope.reserved").SetArgDisplayNames("reserved attribute");
    }

    [TestCaseSource(nameof(Bad))]
    public async Task Should_say_what_is_wrong_and_store_nothing(string body, HttpStatusCode status, string pointer, string code)
    {
        var before = await CountAsync();

        using var answer = await PostAsync(Encoding.UTF8.GetBytes(body), CloudEventJson.MediaType);

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var violation = problem.GetProperty("violations").EnumerateArray().First(v => v.GetProperty("code").GetString() == code);
        Assert.That(violation.GetProperty("pointer").GetString(), Is.EqualTo(pointer));
        Assert.That(violation.GetProperty("messageVi").GetString(), Is.Not.Empty);
        Assert.That(await CountAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Should_list_every_schema_violation_with_its_pointer()
    {
        var published = Samples.LinkedBirth();
        var body = Encoding.UTF8.GetString(published.Data.Span).Replace("\"birthNoticeNumber\"", "\"birthNotice\"").Replace("\"commune\"", "\"communes\"");

        using var answer = await PostAsync(CloudEventJson.Write(published with { Data = Encoding.UTF8.GetBytes(body) }), CloudEventJson.MediaType);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var violations = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("pointer").GetString()).ToArray();
        Assert.That(violations, Has.Length.GreaterThanOrEqualTo(3).And.All.StartsWith("/data"));
        Assert.That(violations, Does.Contain("/data/birthNotice").And.Contain("/data/communes"));
    }

    [Test]
    public async Task Should_refuse_a_body_over_the_limit_and_a_caller_it_does_not_know()
    {
        using var large = await PostAsync(new byte[16_385], CloudEventJson.MediaType);
        Assert.That(large.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));

        using var unknown = new HttpClient { BaseAddress = _bus.Address };
        using var answer = await unknown.PostAsync("events", Content(CloudEventJson.Write(Samples.LinkedBirth()), CloudEventJson.MediaType));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));

        using var text = await PostAsync("hello"u8.ToArray(), "text/plain");
        Assert.That(text.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    private async Task<string?> StateAsync(string where)
    {
        var deliveries = (await _portal.GetFromJsonAsync<JsonElement>(where)).GetProperty("deliveries").EnumerateArray();
        return deliveries.Single(d => d.GetProperty("subscription").GetString() == "G18.births").GetProperty("state").GetString();
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body, string mediaType) => _portal.PostAsync("events", Content(body, mediaType));

    private static ByteArrayContent Content(byte[] body, string mediaType) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    private static async Task<string[]> CodesAsync(HttpResponseMessage answer) =>
        [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("code").GetString()!)];

    private Task<long> CountAsync() => Database.CountAsync(_bus.ConnectionString, "select count(*) from event_log where type like 'vn.portal.%'");

    private async Task<CloudEvent> TakeAsync(string id)
    {
        await using var connection = await new ConnectionFactory { Uri = _bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var found = await Eventually.GetAsync(async () =>
        {
            var got = await channel.TakeAsync("sub.G18.births");
            return got is null ? null : CloudEventJson.Read(got.Body.ToArray());
        }, e => e?.Id == id, $"event {id} in the queue");
        return found!;
    }
}
