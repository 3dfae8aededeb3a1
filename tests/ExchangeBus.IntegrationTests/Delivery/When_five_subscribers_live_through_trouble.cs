using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using ExchangeBus.Client;
using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.IntegrationTests.Delivery.Webhooks;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Delivery;

/// <summary>
/// One subscriber whose handler fails at random, one that is restarted again and again, one webhook that answers 500 at random, one that pulls and is away for long,
/// one whose stream breaks: each gets every event, those of a citizen in order, and each takes effect once.
/// </summary>
[TestFixture]
public sealed class When_five_subscribers_live_through_trouble
{
    private const int Batch = 100;
    private const string CountEffects = "select count(*) from effect";

    [TestCase(2_000, 100, 5)]
    [TestCase(20_000, 500, 600, Explicit = true, Reason = "Takes more than ten minutes, for as long one of them is away.")]
    public async Task Should_give_each_every_event_once_and_in_order_of_each_citizen(int events, int citizens, int secondsAway)
    {
        await using var receiver = await HookReceiver.StartAsync();
        await using var desk = await AgreementDesk.OpenAsync(new Dictionary<string, string?>(HookDesk.Settings)
        {
            ["Dispatch:RefillAfter"] = "00:00:05",
            ["Intake:Limits:Default:EventsPerSecond"] = "100000",
            ["Intake:Limits:Default:Burst"] = "100000",
        });
        await desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        foreach (var (name, way) in ((string, string)[])[("failing", "queue"), ("restarted", "queue"), ("hooked", "webhook"), ("away", "pull"), ("streamed", "pull")])
            await desk.SubscribeAsync(name, "statistics", way);
        await desk.HookAsync(receiver);
        var random = new Random(29);
        receiver.Answer = (_, _) => Task.FromResult(Chance(random, 20) ? 500 : 204);
        var (failing, restarted, away, streamed) = (await CreateDatabaseAsync(), await CreateDatabaseAsync(), new List<CloudEvent>(), new List<CloudEvent>());
        using var failingHost = await StartAsync(desk, "failing", new Recorder(random), failing);

        var work = Task.WhenAll(
            RestartAsync(desk, restarted, events),
            PullAsync(desk, away, events, TimeSpan.FromSeconds(secondsAway)),
            StreamAsync(desk, streamed, events, random));
        for (var first = 0; first < events; first += Batch)
            await PublishAsync(desk, first, citizens);
        await work.WaitAsync(TimeSpan.FromSeconds(secondsAway + 240));
        await Eventually.GetAsync(() => Database.CountAsync(failing, CountEffects), n => n >= events, "all events handled by the one that fails", TimeSpan.FromMinutes(4));
        await Eventually.GetAsync(() => Task.FromResult(receiver.Taken.Count), n => n >= events, "all events taken by the webhook", TimeSpan.FromMinutes(4));
        await failingHost.StopAsync();

        AssertWhole("failing", await EffectsAsync(failing), events);
        AssertWhole("restarted", await EffectsAsync(restarted), events);
        AssertWhole("hooked", OnceEach(receiver.Taken.Select(t => t.Event)), events);
        AssertWhole("away", OnceEach(away), events);
        AssertWhole("streamed", OnceEach(streamed), events);
        var balance = await Eventually.GetAsync(() => AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Get, "balance", null),
            b => b.GetProperty("subscriptions").EnumerateArray().All(s => s.GetProperty("waiting").GetInt64() + s.GetProperty("pending").GetInt64() == 0), "nothing left");
        Assert.That(balance.GetProperty("subscriptions").EnumerateArray().Select(s => s.GetProperty("delivered").GetInt64()), Is.All.EqualTo(events), $"{balance}");
        Assert.That(balance.GetProperty("isBalanced").GetBoolean(), Is.True, $"{balance}");
    }

    // At least once: a subscriber keeps the first copy of each.
    private static IReadOnlyList<CloudEvent> OnceEach(IEnumerable<CloudEvent> received) => [.. received.DistinctBy(e => (e.Source, e.Id))];

    private static void AssertWhole(string who, IReadOnlyList<CloudEvent> effects, int events)
    {
        Assert.That(effects.Select(e => e.Id).Distinct().Count(), Is.EqualTo(events), $"{who}: nothing lost");
        Assert.That(effects, Has.Count.EqualTo(events), $"{who}: nothing twice");
        foreach (var citizen in effects.GroupBy(e => e.Subject))
            Assert.That(citizen.Select(AgreementDesk.SequenceOf), Is.Ordered.Ascending, $"{who}: the events of one citizen in order");
    }

    private static async Task PublishAsync(AgreementDesk desk, int first, int citizens)
    {
        var batch = Enumerable.Range(first, Batch).Select(i => Encoding.UTF8.GetString(CloudEventJson.Write(Samples.LinkedBirth(subject: $"G22.99.08-261129-{i % citizens:000000}"))));
        using var content = new StringContent($"[{string.Join(',', batch)}]");
        content.Headers.ContentType = new(CloudEventJson.BatchMediaType);
        using var answer = await desk.AtOwner.PostAsync("events", content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
    }

    private static async Task RestartAsync(AgreementDesk desk, string database, int events)
    {
        while (await Database.CountAsync(database, CountEffects) is var before && before < events)
        {
            using var host = await StartAsync(desk, "restarted", new Recorder(null), database);
            await Eventually.GetAsync(() => Database.CountAsync(database, CountEffects), n => n >= Math.Min(events, before + (events / 5)), "a fifth more", TimeSpan.FromMinutes(3));
            await host.StopAsync();
        }
    }

    private static async Task<string> CreateDatabaseAsync()
    {
        var database = await Servers.Current.Postgres.CreateDatabaseAsync($"agency_{Guid.CreateVersion7():N}");
        await using var connection = new NpgsqlConnection(database);
        await connection.ExecuteAsync("create table effect (place bigserial, event bytea not null)");
        return database;
    }

    private static async Task<IReadOnlyList<CloudEvent>> EffectsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        return [.. (await connection.QueryAsync<byte[]>("select event from effect order by place")).Select(e => CloudEventJson.Read(e))];
    }

    private static async Task PullAsync(AgreementDesk desk, List<CloudEvent> taken, int events, TimeSpan away)
    {
        for (long? after = null; taken.Count < events;)
        {
            using var answer = await desk.AtReceiver.GetAsync(string.Create(CultureInfo.InvariantCulture, $"subscriptions/G18.away/events?limit=250&wait=20{(after is null ? "" : $"&after={after}")}"));
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray().Select(e => CloudEventJson.Read(Encoding.UTF8.GetBytes(e!.ToJsonString()))).ToArray();
            taken.AddRange(page);
            if (page.Length > 0)
                after = AgreementDesk.SequenceOf(page[^1]);
            if (taken.Count == page.Length && page.Length > 0)
                await Task.Delay(away, TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task StreamAsync(AgreementDesk desk, List<CloudEvent> taken, int events, Random random)
    {
        var seen = new HashSet<string>();
        while (seen.Count < events)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "subscriptions/G18.streamed/stream");
            if (taken.Count > 0)
                request.Headers.Add("Last-Event-ID", taken[^1][ExtensionAttributes.Sequence]);
            using var answer = await desk.AtReceiver.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            // Breaks off after some hundred events.
            for (var left = random.Next(50, 400); left > 0 && seen.Count < events;)
            {
                if (await reader.ReadLineAsync() is not { } line)
                    break;
                if (!line.StartsWith("data: ", StringComparison.Ordinal))
                    continue;
                taken.Add(CloudEventJson.Read(Encoding.UTF8.GetBytes(line["data: ".Length..])));
                seen.Add(taken[^1].Id);
                left--;
            }
        }
    }

    private static async Task<IHost> StartAsync(AgreementDesk desk, string subscription, Recorder recorder, string database)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(NpgsqlDataSource.Create(database));
        builder.Services.AddSingleton(recorder);
        builder.Services.AddExchangeBusClient(client =>
        {
            (client.Agency, client.System, client.BrokerPassword) = (AgreementDesk.Receiver.Code, AgreementDesk.Receiver.System, AgreementDesk.Receiver.BrokerPassword);
            client.PrivateKey = AgreementDesk.Receiver.PrivateKey.ToPrivateJwk();
            (client.BusAddress, client.BrokerAddress) = (desk.Bus.Address, desk.Bus.AmqpUri);
        });
        builder.Services.AddExchangeBusSubscription<Recorder>(subscription);
        var host = builder.Build();
        await ClientSchema.CreateAsync(host.Services.GetRequiredService<NpgsqlDataSource>());
        await host.StartAsync();
        return host;
    }

    private static bool Chance(Random random, int oneIn)
    {
        lock (random)
            return random.Next(oneIn) == 0;
    }

    /// <summary>Writes its effect in the transaction of the delivery, as an agency does.</summary>
    private sealed class Recorder(Random? failing) : IEventHandler
    {
        private const string Insert = "insert into effect (event) values ($1)";

        public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
        {
            await using var insert = new NpgsqlCommand(Insert, context.Connection, context.Transaction)
            {
                Parameters = { new NpgsqlParameter<byte[]> { TypedValue = CloudEventJson.Write(context.Event) } },
            };
            await insert.ExecuteNonQueryAsync(cancellationToken);
            if (failing is not null && Chance(failing, 30))
                throw new InvalidOperationException("At random.");
        }
    }
}
