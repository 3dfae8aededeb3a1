using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using ExchangeBus.Client;
using ExchangeBus.Client.Publishing;
using ExchangeBus.Contracts;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Outbox;

/// <summary>A whole bus, and an adapter whose clock the test moves.</summary>
[TestFixture]
public sealed class When_the_bus_does_not_take_an_event
{
    private static readonly TestAgency Desk = new("G06", "desk", []) { Reviews = true };

    private FakeTimeProvider _time = null!;
    private RunningBus _bus = null!;
    private HttpClient _desk = null!;
    private string _connectionString = null!;
    private NpgsqlDataSource _agency = null!;
    private LoggedTexts _logged = null!;
    private IHost _adapter = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var settings = Samples.WithoutProcedures;
        settings["Log:HeldEventsPerSource"] = "2";
        _bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Desk], settings);
        _desk = _bus.ClientOf(Desk);
        _connectionString = await Servers.Current.Postgres.CreateDatabaseAsync($"agency_{Guid.CreateVersion7():N}");
        _agency = NpgsqlDataSource.Create(_connectionString);
        await ClientSchema.CreateAsync(_agency);
        _time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _logged = new LoggedTexts();
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.AddProvider(_logged);
        builder.Services.AddSingleton(_agency);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddExchangeBusClient(client =>
        {
            (client.Agency, client.System, client.BusAddress) = (Samples.Portal.Code, Samples.Portal.System, _bus.Address);
            client.PrivateKey = Samples.Portal.PrivateKey.ToPrivateJwk();
        });
        _adapter = builder.Build();
        await _adapter.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _adapter.StopAsync();
        _adapter.Dispose();
        _logged.Dispose();
        _desk.Dispose();
        await _agency.DisposeAsync();
        await _bus.DisposeAsync();
    }

    [Test]
    public async Task Should_follow_what_a_person_decides_without_sending_again()
    {
        var (first, second) = (Unmapped("G22.99.08-261123-000001"), Unmapped("G22.99.08-261123-000002"));
        await PublishAsync(first, second);
        await Eventually.GetAsync(() => IdsAsync("held"), ids => ids.Length == 2, "both wait for a decision");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await IdsAsync("rejected"), Is.Empty, "nobody has rejected them");
            Assert.That(await CountAsync("select count(*) from exchangebus.outbox"), Is.Zero, "nor are they sent again");
            Assert.That(await CountAsync("select count(*) from exchangebus.held where violations->0->>'code' = 'unit.unmapped'"), Is.EqualTo(2));
        }

        _time.Advance(HeldEventFollower.AskEvery);
        await Eventually.GetAsync(() => CountAsync("select count(*) from exchangebus.held where asked_at > held_at"), n => n == 2, "both asked about");
        Assert.That(await IdsAsync("held"), Has.Length.EqualTo(2), "nobody has decided yet");

        await DecideAsync(first, "release");
        await DecideAsync(second, "refuse");
        await AdvanceUntilAsync(async () => (await IdsAsync("held")).Length == 0, "both decided");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await IdsAsync("rejected"), Is.EqualTo([second.Id]));
            Assert.That(await CountAsync("select count(*) from exchangebus.rejected where violations->0->>'code' = 'held.refused'"), Is.EqualTo(1));
            Assert.That(_logged.All, Has.None.Contains("000001").And.None.Contains("99999"), "neither dossiers nor data in the log");
            Assert.That(_logged.All, Has.Some.Contains(first.Id).And.Some.Contains("held.refused"));
        }
    }

    [Test]
    public async Task Should_put_one_that_is_too_large_aside_so_that_those_behind_it_go_on()
    {
        var (before, large, behind) = (Samples.LinkedBirth(), Samples.LinkedBirth() with { Data = JsonSerializer.SerializeToUtf8Bytes(new string('x', 5 * 1024 * 1024)) }, Samples.LinkedBirth());
        await PublishAsync(before, large, behind);

        await AdvanceUntilAsync(async () => await CountAsync("select count(*) from exchangebus.outbox") == 0, "the outbox empty");

        Assert.That(await IdsAsync("rejected"), Is.EqualTo([large.Id]));
        Assert.That(await CountAsync("select count(*) from exchangebus.rejected where violations->0->>'code' = 'body.toolarge'"), Is.EqualTo(1));
        Assert.That(await Database.CountAsync(_bus.ConnectionString, "select count(*) from event_log"), Is.EqualTo(2));
    }

    [Test]
    public async Task Should_send_again_what_is_one_too_many_for_people()
    {
        var events = Enumerable.Range(1, 3).Select(n => Unmapped($"G22.99.08-261123-{n:D6}")).ToArray();
        await PublishAsync(events);
        await AdvanceUntilAsync(async () => await CountAsync("select count(*) from exchangebus.held") == 2, "two held");
        Assert.That(await CountAsync("select count(*) from exchangebus.outbox"), Is.EqualTo(1), "the third is not rejected: it can be taken later");
        Assert.That(await IdsAsync("rejected"), Is.Empty);

        await DecideAsync(events[0], "release");

        await AdvanceUntilAsync(async () => await CountAsync("select count(*) from exchangebus.outbox") == 0, "the third taken");
        Assert.That(await IdsAsync("held"), Does.Contain(events[2].Id));
    }

    private async Task PublishAsync(params CloudEvent[] events)
    {
        await using var connection = await _agency.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await EventOutbox.EnqueueAsync(transaction, events);
        await transaction.CommitAsync();
    }

    private async Task DecideAsync(CloudEvent held, string decision)
    {
        var queue = await _desk.GetFromJsonAsync<JsonElement[]>("held-events");
        var position = queue!.Single(h => h.GetProperty("id").GetString() == held.Id).GetProperty("position").GetInt64();
        using var answer = await _desk.PostAsJsonAsync($"held-events/{position}/decision", new { decision, note = "Checked with the commune.", officer = "CB-17" });
        answer.EnsureSuccessStatusCode();
    }

    private Task<bool> AdvanceUntilAsync(Func<Task<bool>> holds, string what) => Eventually.GetAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return holds();
        },
        h => h, what);

    private async Task<string[]> IdsAsync(string table)
    {
        await using var connection = await _agency.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>(table == "held" ? "select id from exchangebus.held" : "select id from exchangebus.rejected")];
    }

    private Task<long> CountAsync(string sql) => Database.CountAsync(_connectionString, sql);

    private static CloudEvent Unmapped(string dossier)
    {
        var body = JsonNode.Parse(Samples.LinkedBirthData)!;
        (body["commune"], body["dossierNumber"]) = ("99999", dossier);
        return Samples.LinkedBirth(subject: dossier) with { Data = JsonSerializer.SerializeToUtf8Bytes(body) };
    }
}
