using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_a_person_must_judge_an_event
{
    private static readonly TestAgency Desk = new("G06", "desk", []) { Reviews = true };

    private RunningBus _bus = null!;
    private HttpClient _portal = null!;
    private HttpClient _desk = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Samples.Health, Desk], Samples.WithoutProcedures);
        (_portal, _desk) = (_bus.ClientOf(Samples.Portal), _bus.ClientOf(Desk));
    }

    [TearDown]
    public async Task StopAsync()
    {
        _portal.Dispose();
        _desk.Dispose();
        await _bus.DisposeAsync();
    }

    [Test]
    public async Task Should_hold_it_and_what_follows_about_the_same_dossier_and_release_both_in_their_order()
    {
        var unmapped = Unmapped();
        var held = await PublishAsync(unmapped);
        var behind = await PublishAsync(Samples.LinkedBirth());
        var other = await PublishAsync(Samples.LinkedBirth(subject: "G22.99.08-261123-000777"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Has.Property(nameof(Receipt.Held)).True.And.Property(nameof(Receipt.Accepted)).False);
            Assert.That(held.Violations.Select(v => v.Code), Is.EqualTo(["unit.unmapped"]));
            Assert.That(behind.Violations.Select(v => v.Code), Is.EqualTo(["held.behind"]));
            Assert.That(other, Has.Property(nameof(Receipt.Accepted)).True.And.Property(nameof(Receipt.Sequence)).EqualTo(1L), "other dossiers go on");
            Assert.That((await PublishAsync(unmapped)).Held, Is.True, "sending it again changes nothing");
        }

        var shown = await _desk.GetStringAsync("held-events");
        Assert.That(shown, Does.Contain("danh mục"), "people read it, and not all of them through a program");
        var queue = JsonSerializer.Deserialize<JsonElement[]>(shown);
        Assert.That(queue!.Select(h => h.GetProperty("id").GetString()), Is.EqualTo([held.Id, behind.Id]));
        Assert.That(JsonSerializer.Serialize(queue), Does.Not.Contain("99999"), "what people see in the list must not be the data");
        var (first, second) = (PositionOf(queue![0]), PositionOf(queue[1]));

        using var tooEarly = await DecideAsync(second, "release");
        Assert.That(tooEarly.StatusCode, Is.EqualTo(HttpStatusCode.Conflict), "the first must be decided first");
        using var decided = await DecideAsync(first, "release");
        var receipts = (await decided.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!;
        Assert.That(receipts.Select(r => (r.Id, r.Sequence)), Is.EqualTo([(held.Id, (long?)2), (behind.Id, (long?)3)]));
        Assert.That(await _portal.GetFromJsonAsync<Receipt>($"receipts/{held.Id}", EventData.Json), Has.Property(nameof(Receipt.Sequence)).EqualTo(2L));
        Assert.That(await DeliveredIdsAsync(3), Is.EqualTo([other.Id, held.Id, behind.Id]));
        Assert.That(await ToldAsync(2), Is.EqualTo([held.Id, behind.Id]), "the publisher hears of it in its receipts");
    }

    [Test]
    public async Task Should_let_what_follows_pass_when_it_is_refused()
    {
        var held = await PublishAsync(Unmapped());
        var behind = await PublishAsync(Samples.LinkedBirth());

        using var decided = await DecideAsync(1, "refuse");

        var receipts = (await decided.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!;
        Assert.That(receipts.Select(r => (r.Id, r.Accepted)), Is.EqualTo([(held.Id, false), (behind.Id, true)]));
        var answer = (await _portal.GetFromJsonAsync<Receipt>($"receipts/{held.Id}", EventData.Json))!;
        Assert.That(answer.Violations.Select(v => v.Code), Is.EqualTo(["held.refused"]));
        Assert.That(await DeliveredIdsAsync(1), Is.EqualTo([behind.Id]));
        Assert.That(await Database.CountAsync(_bus.ConnectionString, "select count(*) from held_event where decided_by = 'G06.desk/CB-17' and note is not null"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_not_hold_what_came_before_it_in_the_same_batch()
    {
        CloudEvent[] batch = [Samples.LinkedBirth(), Unmapped(), Samples.LinkedBirth()];

        var receipts = await PublishAsync(batch);

        Assert.That(receipts.Select(r => (r.Accepted, r.Held)), Is.EqualTo([(true, false), (false, true), (false, true)]));
        using var decided = await DecideAsync(1, "release");
        Assert.That(await DeliveredIdsAsync(3), Is.EqualTo(batch.Select(e => e.Id)), "the order in which they came");
    }

    [Test]
    public async Task Should_say_where_a_repeat_differs_while_it_waits()
    {
        var unmapped = Unmapped();
        await PublishAsync(unmapped);

        var mended = await PublishAsync([unmapped with { Data = Samples.LinkedBirthData }]);

        Assert.That(mended[0].Held, Is.False, "otherwise the publisher would believe that the mended one waits");
        Assert.That(mended[0].Violations.Select(v => (v.Code, v.Pointer)), Is.EqualTo([("duplicate.differs", "/data/commune")]));
    }

    [Test]
    public async Task Should_release_hundreds_that_wait_behind_it_in_their_order()
    {
        await PublishAsync(Unmapped());
        var behind = Enumerable.Range(0, 450).Select(_ => Samples.LinkedBirth()).ToArray();
        await PublishAsync(behind);

        using var decided = await DecideAsync(1, "release");

        var receipts = (await decided.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!;
        Assert.That(receipts.Skip(1).Select(r => r.Id), Is.EqualTo(behind.Select(e => e.Id)));
        Assert.That(receipts.Select(r => r.Sequence), Is.EqualTo(Enumerable.Range(1, 451).Select(n => (long?)n)));
        Assert.That(await _desk.GetFromJsonAsync<JsonElement[]>("held-events"), Is.Empty);
    }

    [Test]
    public async Task Should_be_for_reviewers_only_and_want_a_reason()
    {
        await PublishAsync(Unmapped());

        using var foreign = await _portal.GetAsync("held-events");
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        using var mute = await _desk.PostAsJsonAsync("held-events/1/decision", new { decision = "release" });
        Assert.That(mute.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        using var absent = await DecideAsync(4711, "release");
        Assert.That(absent.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static long PositionOf(JsonElement held) => held.GetProperty("position").GetInt64();

    private static CloudEvent Unmapped()
    {
        var body = JsonNode.Parse(Samples.LinkedBirthData)!;
        body["commune"] = "99999";
        return Samples.LinkedBirth() with { Data = JsonSerializer.SerializeToUtf8Bytes(body) };
    }

    private async Task<Receipt> PublishAsync(CloudEvent published)
    {
        using var content = new ByteArrayContent(CloudEventJson.Write(published).ToArray()) { Headers = { ContentType = new(CloudEventJson.MediaType) } };
        using var answer = await _portal.PostAsync("events", content);
        return (await answer.Content.ReadFromJsonAsync<Receipt>(EventData.Json))!;
    }

    private async Task<IReadOnlyList<Receipt>> PublishAsync(CloudEvent[] batch)
    {
        var body = $"[{string.Join(',', batch.Select(e => System.Text.Encoding.UTF8.GetString(CloudEventJson.Write(e))))}]";
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new(CloudEventJson.BatchMediaType) } };
        using var answer = await _portal.PostAsync("events", content);
        return (await answer.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!;
    }

    private Task<HttpResponseMessage> DecideAsync(long position, string decision) =>
        _desk.PostAsJsonAsync($"held-events/{position}/decision", new { decision, note = "Xã mới theo nghị quyết, danh mục chưa cập nhật", officer = "CB-17" });

    private async Task<string[]> DeliveredIdsAsync(int count) => await TakeAsync("sub.G18.births", count, body => CloudEventJson.Read(body).Id);

    private async Task<string[]> ToldAsync(int count) => await TakeAsync("receipts.G22.99.08", count, body => EventData.Read<Receipt>(body).Id!);

    private async Task<string[]> TakeAsync(string queue, int count, Func<byte[], string> idOf)
    {
        await using var connection = await new ConnectionFactory { Uri = _bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var ids = new List<string>();
        await Eventually.GetAsync(async () =>
        {
            while (await channel.TakeAsync(queue) is { } got)
                ids.Add(idOf(got.Body.ToArray()));
            return ids.Count;
        }, n => n >= count, $"{count} messages in {queue}");
        return [.. ids];
    }
}
