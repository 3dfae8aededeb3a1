using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExchangeBus.IntegrationTests.Journeys;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Kill;

[TestFixture]
public sealed class When_things_break_in_the_middle_of_500_dossiers
{
    private const int Dossiers = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Test]
    public async Task Should_complete_all_of_them_when_the_host_is_killed_and_started_again()
    {
        await using var bus = await BusProcess.StartAsync(Servers.Current, LinkedBirthAgencies.All, LinkedBirthAgencies.EveryStep);
        await using var agencies = await LinkedBirthAgencies.StartAsync(bus.Address, bus.AmqpUri);

        await agencies.SubmitAsync(Dossiers);
        await Eventually.GetAsync(agencies.FinishedAsync, n => n >= Dossiers / 10, "the first dossiers ended");
        await bus.KillAsync();
        Assert.That(await agencies.FinishedAsync(), Is.LessThan(Dossiers), "the kill must come in the middle");
        await bus.StartAgainAsync();

        await Eventually.GetAsync(agencies.FinishedAsync, n => n == Dossiers, "all dossiers ended", Patience);
        await AssertSoundAsync(agencies, bus.ConnectionString);
    }

    [Test]
    public async Task Should_complete_all_of_them_when_every_queue_is_purged()
    {
        await using var bus = await RunningBus.StartAsync(Servers.Current, LinkedBirthAgencies.All, LinkedBirthAgencies.EveryStep);
        await using var agencies = await LinkedBirthAgencies.StartAsync(bus.Address, bus.AmqpUri);

        await agencies.SubmitAsync(Dossiers);
        await Eventually.GetAsync(agencies.FinishedAsync, n => n >= Dossiers / 10, "the first dossiers ended");
        var purged = await PurgeAllAsync(bus.AmqpUri);
        Assert.That(await agencies.FinishedAsync(), Is.LessThan(Dossiers), "the purge must come in the middle");
        Assert.That(purged, Does.Contain("exchangebus.procedures.linkedbirth").And.Contain("sub.G15.commands").And.Contain("exchangebus.acks"));

        await Eventually.GetAsync(agencies.FinishedAsync, n => n == Dossiers, "all dossiers ended", Patience);
        await AssertSoundAsync(agencies, bus.ConnectionString);
    }

    private static async Task AssertSoundAsync(LinkedBirthAgencies agencies, string bus)
    {
        await agencies.AssertNoStepTwiceAsync();
        Assert.That(await agencies.CountAsync("portal", "select count(*) from dossier where state <> 'Completed'"), Is.Zero);
        Assert.That(await agencies.CountAsync("civilstatus", "select count(*) from step_attempt"), Is.EqualTo(Dossiers), "one registration for each dossier");
        Assert.That(await Database.CountAsync(bus, "select count(*) from dead_letter"), Is.Zero);
        Assert.That(await Database.CountAsync(bus, "select count(*) - max(sequence) from event_log"), Is.Zero, "positions without gaps");
        await Eventually.GetAsync(
            () => Database.CountAsync(bus, "select count(*) from delivery_position where acknowledged < delivered and subscription <> 'G18.births'"),
            behind => behind == 0, "every subscriber's word for every delivery");
    }

    private static async Task<List<string>> PurgeAllAsync(Uri amqp)
    {
        var server = Servers.Current.RabbitMq;
        using var http = new HttpClient { BaseAddress = server.ManagementUri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{server.UserName}:{server.Password}")));
        var host = amqp.AbsolutePath.TrimStart('/');
        var purged = new List<string>();
        foreach (var queue in await http.GetFromJsonAsync<List<JsonElement>>($"/api/queues/{host}") ?? [])
        {
            var name = queue.GetProperty("name").GetString()!;
            // The reply queue of MassTransit is exclusive to its connection; nothing travels through it.
            if (queue.TryGetProperty("exclusive", out var exclusive) && exclusive.GetBoolean())
                continue;
            (await http.DeleteAsync($"/api/queues/{host}/{Uri.EscapeDataString(name)}/contents")).EnsureSuccessStatusCode();
            purged.Add(name);
        }

        return purged;
    }
}
