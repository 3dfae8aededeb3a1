using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Signatures;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_input_is_bad
{
    private static readonly TestAgency Flooder = new("G99", "flooder", ["vn.portal.*"]);
    private static readonly int[] PreciseRefusals = [400, 403, 413, 415, 422];

    private readonly LoggedTexts _logs = new();
    private RunningBus _bus = null!;
    private HttpClient _portal = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Flooder], new Dictionary<string, string?>(Samples.WithoutProcedures)
        {
            ["Intake:Limits:Systems:G99.flooder:EventsPerSecond"] = "10",
            ["Intake:Limits:Systems:G99.flooder:Burst"] = "20",
            ["Logging:LogLevel:Default"] = "Trace",
        }, _logs);
        _portal = _bus.ClientOf(Samples.Portal);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _portal.Dispose();
        await _bus.DisposeAsync();
        _logs.Dispose();
    }

    [Test]
    public async Task Should_refuse_every_broken_body_precisely_and_store_nothing()
    {
        var before = await CountAsync();
        var wrong = new List<string>();
        foreach (var (name, text) in BrokenJson.All)
        {
            foreach (var mediaType in new[] { CloudEventJson.MediaType, CloudEventJson.BatchMediaType })
                await TryAsync($"{name} as {mediaType}", text, mediaType);
            await TryAsync($"{name} as data", [.. Envelope.Before, .. text, .. "}"u8], CloudEventJson.MediaType);
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(await CountAsync(), Is.EqualTo(before));

        async Task TryAsync(string what, byte[] body, string mediaType)
        {
            using var answer = await PostAsync(_portal, body, mediaType);
            var codes = await CodesAsync(answer);
            if (!PreciseRefusals.Contains((int)answer.StatusCode) || codes.Length == 0)
                wrong.Add($"{what}: {(int)answer.StatusCode} {string.Join(' ', codes)}");
        }
    }

    [Test]
    public async Task Should_take_or_refuse_naughty_names_and_say_nothing_of_them_in_logs()
    {
        var wrong = new List<string>();
        foreach (var text in NaughtyTexts.All)
        {
            var dossier = $"G22.99.08-261123-{wrong.Count + NaughtyTexts.All.ToList().IndexOf(text):000000}";
            var body = JsonNode.Parse(Samples.LinkedBirthData)!;
            body["dossierNumber"] = dossier;
            body["child"]!["name"]!["given"] = text;
            using var answer = await PostAsync(_portal, CloudEventJson.Write(Samples.LinkedBirth(subject: dossier) with { Data = JsonSerializer.SerializeToUtf8Bytes(body) }).ToArray(), CloudEventJson.MediaType);
            if (answer.StatusCode is not HttpStatusCode.Accepted && (answer.StatusCode != HttpStatusCode.UnprocessableEntity || (await CodesAsync(answer)).Length == 0))
                wrong.Add($"{text[..Math.Min(20, text.Length)]}: {(int)answer.StatusCode}");
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(await CountAsync(), Is.GreaterThan(0), "names such as H'Hen Niê are names");
        Assert.That(_logs.All, Is.Not.Empty, "otherwise nothing could stand there");
        foreach (var text in NaughtyTexts.All.Where(t => t.Length > 5 && t != "Infinity" && t != "undefined"))
            Assert.That(_logs.All, Has.None.Contains(text), "a name in the logs");
    }

    [Test]
    public async Task Should_not_wait_for_ever_for_a_body_that_does_not_come()
    {
        var token = ClientAssertion.Create(Samples.Portal.Source, ClientAssertion.DefaultAudience, Samples.Portal.PrivateKey, TimeProvider.System.GetUtcNow());
        using var socket = new TcpClient();
        await socket.ConnectAsync(_bus.Address.Host, _bus.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: {CloudEventJson.MediaType}\r\nAuthorization: Bearer {token}\r\nContent-Length: 1000\r\n\r\n{{"));
        using var reader = new StreamReader(socket.GetStream());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        Assert.That(await reader.ReadLineAsync(patience.Token), Does.Contain("408"));
    }

    [TestCase("text/plain")]
    [TestCase("application/json")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/cloudevents+xml")]
    public async Task Should_refuse_other_content_types(string mediaType)
    {
        using var answer = await PostAsync(_portal, CloudEventJson.Write(Samples.LinkedBirth()).ToArray(), mediaType);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(await CodesAsync(answer), Is.EqualTo(["body.mediatype"]));
    }

    [Test]
    public async Task Should_stop_a_flood_of_one_system_and_not_harm_the_others()
    {
        using var flooder = _bus.ClientOf(Flooder);
        var flood = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var answer = await PostAsync(flooder, CloudEventJson.Write(Samples.LinkedBirth() with { Source = Flooder.Source }).ToArray(), CloudEventJson.MediaType);
            return (answer.StatusCode, Wait: answer.Headers.RetryAfter?.Delta);
        }));
        using var neighbour = await PostAsync(_portal, CloudEventJson.Write(Samples.LinkedBirth()).ToArray(), CloudEventJson.MediaType);

        var turnedAway = flood.Where(f => f.StatusCode == HttpStatusCode.TooManyRequests).ToArray();
        Assert.That(turnedAway, Has.Length.GreaterThan(20).And.All.Matches<(HttpStatusCode, TimeSpan? Wait)>(f => f.Wait >= TimeSpan.FromSeconds(1)));
        Assert.That(flood.Count(f => f.StatusCode == HttpStatusCode.Accepted), Is.GreaterThanOrEqualTo(20), "what it may send is taken");
        Assert.That(neighbour.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] body, string mediaType) =>
        client.PostAsync("events", new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } });

    private static async Task<string[]> CodesAsync(HttpResponseMessage answer)
    {
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty("violations", out var violations)
            ? [.. violations.EnumerateArray().Select(v => v.GetProperty("code").GetString()!)]
            : [];
    }

    private Task<long> CountAsync() => Database.CountAsync(_bus.ConnectionString, "select count(*) from event_log");

    private static class Envelope
    {
        internal static byte[] Before { get; } = Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"bad-1","source":"{{Samples.Portal.Source}}","type":"{{EventTypes.LinkedBirthSubmitted}}","data":""");
    }
}
