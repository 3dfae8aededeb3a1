using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_two_events_look_like_one_birth
{
    private static readonly TestAgency Desk = new("G06", "desk", []) { Reviews = true };

    private RunningBus _bus = null!;
    private HttpClient _portal = null!;
    private HttpClient _desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Desk], Samples.WithoutProcedures);
        (_portal, _desk) = (_bus.ClientOf(Samples.Portal), _bus.ClientOf(Desk));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _portal.Dispose();
        _desk.Dispose();
        await _bus.DisposeAsync();
    }

    [Test]
    public async Task Should_accept_both_and_ask_a_person_when_the_birth_notice_is_the_same()
    {
        var first = await PublishAsync("000101", "10001.GCS.01234.26");
        var second = await PublishAsync("000102", "10001.GCS.01234.26");

        Assert.That(first.Warnings.Select(w => w.Code), Has.None.EqualTo("duplicate.suspected"));
        Assert.That(second.Accepted, Is.True, "who is right is not for a machine to say");
        Assert.That(second.Warnings.Select(w => w.Code), Has.Some.EqualTo("duplicate.suspected"));
        Assert.That(second.Warnings.Single(w => w.Code == "duplicate.suspected").MessageVi, Does.Contain("/data/birthNoticeNumber"), "a pointer into the event, like all others");
        var suspected = (await OpenAsync()).Single(d => d.GetProperty("sequence").GetInt64() == second.Sequence);
        Assert.That(suspected.GetProperty("earlierSequence").GetInt64(), Is.EqualTo(first.Sequence));
        Assert.That(suspected.GetProperty("rule").GetString(), Is.EqualTo("/birthNoticeNumber"));
        Assert.That(suspected.GetRawText(), Does.Not.Contain("10001.GCS"), "the evidence names both dossiers, not what is in them");

        using var decided = await _desk.PostAsJsonAsync($"suspected-duplicates/{second.Sequence}/decision", new { decision = "same", note = "Người dân nộp hai lần" });
        Assert.That(decided.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await OpenAsync()).Select(d => d.GetProperty("sequence").GetInt64()), Has.None.EqualTo(second.Sequence));
    }

    [Test]
    public async Task Should_let_twins_pass()
    {
        await PublishAsync("000201", "20001.GCS.01234.26");
        var twin = await PublishAsync("000202", "20002.GCS.01234.26");

        Assert.That(twin.Warnings.Select(w => w.Code), Has.None.EqualTo("duplicate.suspected"), "one mother, one day, two notices");
    }

    /// <summary>One mother and one day each time. Without a notice number of both, that is all there is to compare.</summary>
    [TestCase("30001.GCS.01234.26", "30001.GCS.01234.26", "2026-11-17", true, TestName = "Should_see_two_that_come_in_one_batch(one notice)")]
    [TestCase("30002.GCS.01234.26", "30003.GCS.01234.26", "2026-11-16", false, TestName = "Should_see_two_that_come_in_one_batch(twins)")]
    [TestCase("30004.GCS.01234.26", null, "2026-11-15", true, TestName = "Should_see_two_that_come_in_one_batch(the second without notice)")]
    [TestCase(null, "30005.GCS.01234.26", "2026-11-13", true, TestName = "Should_see_two_that_come_in_one_batch(the first without notice)")]
    public async Task Should_see_two_that_come_in_one_batch(string? first, string? second, string born, bool alike)
    {
        var day = born[^2..];
        var events = new[] { Event($"0003{day}", first, born), Event($"0004{day}", second, born) };
        using var content = new ByteArrayContent([(byte)'[', .. CloudEventJson.Write(events[0]).ToArray(), (byte)',', .. CloudEventJson.Write(events[1]).ToArray(), (byte)']'])
        { Headers = { ContentType = new(CloudEventJson.BatchMediaType) } };
        using var answer = await _portal.PostAsync("events", content);
        var receipts = (await answer.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!;

        Assert.That(receipts.Select(r => r.Accepted), Is.All.True, await answer.Content.ReadAsStringAsync());
        Assert.That(receipts.Select(r => r.Warnings.Any(w => w.Code == "duplicate.suspected")), Is.EqualTo([false, alike]));
    }

    private async Task<JsonElement[]> OpenAsync() => (await _desk.GetFromJsonAsync<JsonElement[]>("suspected-duplicates?limit=500"))!;

    private async Task<Receipt> PublishAsync(string number, string notice)
    {
        using var content = new ByteArrayContent(CloudEventJson.Write(Event(number, notice)).ToArray()) { Headers = { ContentType = new(CloudEventJson.MediaType) } };
        using var answer = await _portal.PostAsync("events", content);
        return (await answer.Content.ReadFromJsonAsync<Receipt>(EventData.Json))!;
    }

    private static CloudEvent Event(string number, string? notice, string? born = null)
    {
        var dossier = $"G22.99.08-261123-{number}";
        var body = JsonNode.Parse(Samples.LinkedBirthData)!;
        (body["dossierNumber"], body["birthNoticeNumber"]) = (dossier, notice ?? (JsonNode)new JsonObject { ["state"] = "none" });
        if (born is not null)
            body["child"]!["birthDate"] = born;
        return Samples.LinkedBirth(subject: dossier) with { Data = JsonSerializer.SerializeToUtf8Bytes(body) };
    }
}
