using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_the_node_of_a_job_is_killed
{
    [Test]
    public async Task Should_go_on_when_it_is_back_and_lose_nothing()
    {
        await using var bus = await BusProcess.StartAsync(Servers.Current, [Samples.Portal, Samples.Health], Samples.WithoutProcedures);
        using (var portal = Samples.Portal.ClientOf(bus.Address))
        {
            var body = $"[{string.Join(',', Enumerable.Range(0, 200).Select(_ => Encoding.UTF8.GetString(CloudEventJson.Write(Samples.LinkedBirth()))))}]";
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new(CloudEventJson.BatchMediaType) } };
            using var answer = await portal.PostAsync("events", content);
            answer.EnsureSuccessStatusCode();
        }

        var (host, seen) = await ClientRecorder.StartAsync(bus.Address, bus.AmqpUri);
        using var subscriber = host;
        await HandledAsync(seen, 200);
        using var agency = Samples.Health.ClientOf(bus.Address);
        using var started = await agency.PostAsJsonAsync("subscriptions/G18.births/replays", new { fromSequence = 1, rate = 60, reason = "Khôi phục sau sự cố", officer = "CB-17" });
        var job = (await started.Content.ReadFromJsonAsync<JsonElement>()).Id();
        await HandledAsync(seen, 240);

        await bus.KillAsync();
        await bus.StartAgainAsync();

        using var again = Samples.Health.ClientOf(bus.Address);
        var done = await Eventually.GetAsync(() => again.GetFromJsonAsync<JsonElement>($"subscriptions/G18.births/jobs/{job}"),
            j => j.GetProperty("state").GetString() == "completed", "the job is completed", TimeSpan.FromSeconds(60));
        await HandledAsync(seen, 400);
        await subscriber.StopAsync();
        Assert.That(done.Number("delivered"), Is.EqualTo(200), "what was not noted is not counted twice");
        Assert.That(seen.Handled.Where(h => h.ReplayId == job).Select(h => h.Sequence), Is.EquivalentTo(Enumerable.Range(1, 200)), "each once, though some came twice");
    }

    private static Task<int> HandledAsync(ClientRecorder seen, int count) =>
        Eventually.GetAsync(() => Task.FromResult(seen.Handled.Count), n => n >= count, $"{count} events handled", TimeSpan.FromSeconds(60));
}
