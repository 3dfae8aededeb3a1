using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_a_subscriber_asks_for_events
{
    private AgreementDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _desk = await AgreementDesk.OpenAsync();
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public", "/child/birthDate"));
        await _desk.SubscribeAsync("pulled", "statistics", way: "pull");
    }

    [TearDown]
    public async Task CloseAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_get_pages_in_order_and_acknowledge_by_asking_on()
    {
        var published = new List<long>();
        for (var i = 0; i < 7; i++)
            published.Add(await _desk.PublishAsync());

        var first = await PageAsync("limit=3");
        var again = await PageAsync("limit=3");
        var second = await PageAsync($"limit=3&after={first[^1].Sequence}");
        var third = await PageAsync($"limit=3&after={second[^1].Sequence}");

        Assert.That(first.Concat(second).Concat(third).Select(e => e.Sequence), Is.EqualTo(published));
        Assert.That(again.Select(e => e.Sequence), Is.EqualTo(first.Select(e => e.Sequence)), "what is not acknowledged comes again");
        Assert.That(second[0].Event[ExtensionAttributes.PreviousSequence], Is.EqualTo($"{first[^1].Sequence}"));
        Assert.That(first.Select(e => JsonNode.Parse(e.Event.Data.Span)!["child"]!.AsObject().Count), Is.All.EqualTo(1), "cut to the agreement");
        Assert.That(await Database.CountAsync(_desk.Bus.ConnectionString, "select acknowledged from delivery_position where subscription = 'G18.pulled'"), Is.EqualTo(second[^1].Sequence));
        Assert.That(await Database.CountAsync(_desk.Bus.ConnectionString, "select count(*) from delivery_receipt where subscription = 'G18.pulled'"), Is.EqualTo(2));
    }

    [Test]
    public async Task Should_wait_for_a_first_event_and_no_longer()
    {
        var asked = PageAsync("wait=20");
        await Task.Delay(300, CancellationToken.None);
        var sequence = await _desk.PublishAsync();

        Assert.That((await asked.WaitAsync(TimeSpan.FromSeconds(10))).Select(e => e.Sequence), Is.EqualTo(new[] { sequence }));
        Assert.That(await PageAsync($"after={sequence}&wait=1"), Is.Empty);
    }

    [Test]
    public async Task Should_not_acknowledge_what_was_not_given()
    {
        await _desk.PublishAsync();
        var sequence = await _desk.PublishAsync();

        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/G18.pulled/events?after={sequence}", null),
            Is.EqualTo((422, new[] { "/after pull.notgiven" })));
        await _desk.SubscribeAsync("some", "statistics", way: "pull", filter: "subject LIKE '%7'");
        var other = await _desk.PublishAsync("G22.99.08-261129-000001");
        await _desk.PublishAsync("G22.99.08-261129-000007");
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, "subscriptions/G18.some/events", null);
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/G18.some/events?after={other}", null),
            Is.EqualTo((422, new[] { "/after pull.notgiven" })), "one in between that it does not get");
        await _desk.SubscribeAsync("queued", "statistics");
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Get, "subscriptions/G18.queued/events", null), Is.EqualTo((409, new[] { " pull.way" })));
        await _desk.MoveAsync(_desk.AtOwner, "statistics", "suspended");
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Get, "subscriptions/G18.pulled/events", null), Is.EqualTo((403, new[] { " pull.suspended" })));
    }

    [Test]
    public async Task Should_not_be_taken_at_its_word_about_an_event_that_it_does_not_get()
    {
        await _desk.SubscribeAsync("some", "statistics", filter: "subject LIKE '%7'");
        var wanted = await _desk.PublishAsync("G22.99.08-261129-000007");
        var other = await _desk.PublishAsync("G22.99.08-261129-000001");
        var begun = await Database.CountAsync(_desk.Bus.ConnectionString, "select acknowledged from delivery_position where subscription = 'G18.some'");
        JsonObject Word(long sequence) => new() { ["subscription"] = "G18.some", ["partition"] = 0, ["after"] = begun, ["sequence"] = sequence };

        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, "acknowledgements", Word(other)), Is.EqualTo((404, new[] { " acknowledgement.unknown" })));
        using var taken = await _desk.AtReceiver.PostAsJsonAsync("acknowledgements", Word(wanted));
        Assert.That((int)taken.StatusCode, Is.EqualTo(204));
    }

    [Test]
    public async Task Should_stream_and_go_on_after_the_last_event_id()
    {
        var first = await _desk.PublishAsync();
        var (reader, stream) = await StreamAsync(null);
        Assert.That(await NextIdAsync(reader), Is.EqualTo(first));
        var second = await _desk.PublishAsync();
        Assert.That(await NextIdAsync(reader), Is.EqualTo(second));
        stream.Dispose();

        var third = await _desk.PublishAsync();
        var (again, other) = await StreamAsync(first);
        Assert.That(new[] { await NextIdAsync(again), await NextIdAsync(again) }, Is.EqualTo(new[] { second, third }));
        other.Dispose();
        Assert.That(await Database.CountAsync(_desk.Bus.ConnectionString, "select acknowledged from delivery_position where subscription = 'G18.pulled'"), Is.EqualTo(first));
    }

    [Test]
    public async Task Should_be_told_why_an_event_came_or_did_not()
    {
        await _desk.SubscribeAsync("some", "statistics", way: "pull", filter: "subject LIKE '%7' OR subject LIKE '%8'");
        var wanted = await _desk.PublishAsync("G22.99.08-261129-000007");
        var other = await _desk.PublishAsync("G22.99.08-261129-000001");
        await _desk.MoveAsync(_desk.AtOwner, "statistics", "suspended");
        var withheld = await _desk.PublishAsync("G22.99.08-261129-000008");
        var refused = await _desk.PublishAsync("G22.99.08-261129-000001");

        var yes = await ExplainAsync("G18.some", wanted);
        Assert.That(yes.GetProperty("outcome").GetString(), Is.EqualTo("waiting"));
        Assert.That(yes.GetProperty("agreement").GetProperty("id").GetString(), Is.EqualTo("G18.statistics"));
        Assert.That(yes.GetProperty("withheldFields").EnumerateArray().Select(f => f.GetString()), Does.Contain("/mother"));
        Assert.That(yes.GetProperty("filter").EnumerateArray().Select(s => (s.GetProperty("text").GetString(), s.TryGetProperty("value", out var value) ? value.GetString() : null)),
            Does.Contain(("subject LIKE '%7'", "true")).And.Contain(("subject LIKE '%8'", (string?)null)));
        var no = await ExplainAsync("G18.some", other);
        Assert.That((no.GetProperty("outcome").GetString(), no.GetProperty("rule").GetString()), Is.EqualTo(("unmatched", "subscription.filter")));
        Assert.That(no.GetProperty("filter").GetArrayLength(), Is.GreaterThan(0));
        var stopped = await ExplainAsync("G18.some", withheld);
        Assert.That((stopped.GetProperty("outcome").GetString(), stopped.GetProperty("rule").GetString()), Is.EqualTo(("withheld", "agreement.state")));
        Assert.That((await ExplainAsync("G18.some", refused)).GetProperty("rule").GetString(), Is.EqualTo("agreement.state"), "what the filter would say tells of the event");
        Assert.That(stopped.TryGetProperty("type", out _) || stopped.TryGetProperty("filter", out _), Is.False, "what may not be seen is not shown");
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Get, "subscriptions/G18.some/explain/999999", null), Is.EqualTo((404, new[] { " explain.unknown" })));
    }

    [Test]
    public async Task Should_add_up_for_every_subscription_at_any_time()
    {
        await _desk.SubscribeAsync("queued", "statistics");
        await _desk.SubscribeAsync("some", "statistics", filter: "subject LIKE '%7'");
        await _desk.SubscribeAsync("idle", "statistics", way: "pull");
        for (var i = 0; i < 30; i++)
            await _desk.PublishAsync($"G22.99.08-261129-{i:000000}");
        await PageAsync("limit=10");
        await _desk.MoveAsync(_desk.AtOwner, "statistics", "suspended");
        for (var i = 0; i < 5; i++)
            await _desk.PublishAsync();
        await _desk.MoveAsync(_desk.AtOwner, "statistics", "active");
        await _desk.PublishAsync();
        await Eventually.GetAsync(() => Database.CountAsync(_desk.Bus.ConnectionString, "select handed from delivery_position where subscription = 'G18.queued'"), n => n == 31, "all handed over");

        var balance = await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, "balance", null);

        var rows = balance.GetProperty("subscriptions").EnumerateArray().ToDictionary(s => s.GetProperty("subscription").GetString()!);
        Assert.That(rows.Values.Select(r => r.GetProperty("isBalanced").GetBoolean()), Is.All.True, balance.ToString());
        long Of(string name, string what) => rows[name].GetProperty(what).GetInt64();
        Assert.That((Of("G18.queued", "delivered"), Of("G18.queued", "withheld"), Of("G18.queued", "pending")), Is.EqualTo((31L, 5L, 0L)));
        Assert.That((Of("G18.some", "delivered"), Of("G18.some", "withheld")), Is.EqualTo((3L, 0L)));
        Assert.That((Of("G18.pulled", "delivered"), Of("G18.pulled", "pending")), Is.EqualTo((10L, Of("G18.pulled", "accepted") - 10 - Of("G18.pulled", "unmatched"))));
        Assert.That(Of("G18.idle", "pending"), Is.EqualTo(Of("G18.idle", "accepted")));
    }

    private async Task<IReadOnlyList<(long Sequence, CloudEvent Event)>> PageAsync(string query)
    {
        using var answer = await _desk.AtReceiver.GetAsync($"subscriptions/G18.pulled/events?{query}");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), text);
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(CloudEventJson.BatchMediaType));
        return [.. JsonNode.Parse(text)!.AsArray().Select(e => CloudEventJson.Read(System.Text.Encoding.UTF8.GetBytes(e!.ToJsonString()))).Select(e => (AgreementDesk.SequenceOf(e), e))];
    }

    private Task<System.Text.Json.JsonElement> ExplainAsync(string name, long sequence) =>
        AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/{name}/explain/{sequence}", null);

    private async Task<(StreamReader Reader, HttpResponseMessage Answer)> StreamAsync(long? last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "subscriptions/G18.pulled/stream");
        if (last is not null)
            request.Headers.Add("Last-Event-ID", $"{last}");
        var answer = await _desk.AtReceiver.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return (new StreamReader(await answer.Content.ReadAsStreamAsync()), answer);
    }

    private static async Task<long> NextIdAsync(StreamReader reader)
    {
        using var longest = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await reader.ReadLineAsync(longest.Token) is { } line && line.StartsWith("id: ", StringComparison.Ordinal))
            {
                Assert.That(await reader.ReadLineAsync(longest.Token), Is.EqualTo("event: cloudevent"));
                var data = (await reader.ReadLineAsync(longest.Token))!["data: ".Length..];
                var sequence = long.Parse(line["id: ".Length..], null);
                Assert.That(AgreementDesk.SequenceOf(CloudEventJson.Read(System.Text.Encoding.UTF8.GetBytes(data))), Is.EqualTo(sequence));
                return sequence;
            }
        }
    }
}
