using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Delivery;

/// <summary>A bus with a publisher that owns its data and an agency that wants some of it, driven over HTTP.</summary>
internal sealed class AgreementDesk : IAsyncDisposable
{
    internal static readonly TestAgency Owner = Samples.Portal with { Owns = ["vn.portal.*", "vn.population.*"] };

    internal static readonly TestAgency Receiver = new("G18", "adapter", []);

    /// <summary>Another system of the receiver.</summary>
    internal static readonly TestAgency Colleague = new("G18", "statistics", []);

    internal static readonly TestAgency Stranger = new("G24", "socialinsurance", []);

    private AgreementDesk(RunningBus bus) => (Bus, AtOwner, AtReceiver) = (bus, bus.ClientOf(Owner), bus.ClientOf(Receiver));

    internal RunningBus Bus { get; }

    // What a test takes from a queue is not acknowledged to the bus, which would deliver it again.
    internal static Dictionary<string, string?> Settings => new(Samples.WithoutProcedures) { ["Dispatch:RefillAfter"] = "01:00:00" };

    internal HttpClient AtOwner { get; }

    internal HttpClient AtReceiver { get; }

    internal static async Task<AgreementDesk> OpenAsync(IReadOnlyDictionary<string, string?>? settings = null) =>
        new(await RunningBus.StartAsync(Servers.Current, [Owner, Receiver, Colleague, Stranger], settings ?? Settings));

    internal static JsonObject Terms(params string[] fields) => new()
    {
        ["purpose"] = "Statistics of births",
        ["legalBasis"] = new JsonObject { ["document"] = "278/2025/NĐ-CP", ["article"] = "Điều 7" },
        ["releases"] = new JsonArray(new JsonObject
        {
            ["types"] = new JsonArray("vn.portal.linkedbirthsubmitted.v1"),
            ["fields"] = new JsonArray([.. fields.Select(f => (JsonNode)f)]),
        }),
    };

    internal async Task<JsonElement> AgreeAsync(string name, JsonObject terms)
    {
        await SendAsync(AtReceiver, HttpMethod.Post, "agreements", new JsonObject { ["name"] = name, ["terms"] = terms, ["reason"] = "needed" });
        await MoveAsync(AtReceiver, name, "requested");
        await MoveAsync(AtOwner, name, "approved");
        return await MoveAsync(AtOwner, name, "active");
    }

    internal async Task<JsonElement> MoveAsync(HttpClient who, string name, string state)
    {
        var body = new JsonObject { ["state"] = state, ["reason"] = "as decided", ["officer"] = "CB-17" };
        if (state == "approved")
            body["version"] = (await SendAsync(who, HttpMethod.Get, $"agreements/{Receiver.Code}.{name}", null)).GetProperty("version").GetInt32();
        return await SendAsync(who, HttpMethod.Post, $"agreements/{Receiver.Code}.{name}/state", body);
    }

    internal Task<JsonElement> SubscribeAsync(string name, string agreement, string way = "queue", string? filter = null, bool acknowledges = true) => SendAsync(AtReceiver, HttpMethod.Post, "subscriptions", new JsonObject
    {
        ["name"] = name,
        ["terms"] = Asks(filter, agreement),
        ["way"] = way,
        ["reason"] = "needed",
        ["acknowledges"] = acknowledges,
    });

    internal static JsonObject Asks(string? filter, params string[] agreements)
    {
        var terms = new JsonObject { ["types"] = new JsonArray("vn.portal.linkedbirthsubmitted.v1"), ["agreements"] = new JsonArray([.. agreements.Select(a => (JsonNode)$"{Receiver.Code}.{a}")]) };
        if (filter is not null)
            terms["filter"] = filter;
        return terms;
    }

    internal static async Task<JsonElement> SendAsync(HttpClient who, HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await who.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, Is.True, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The status, and the codes of all violations.</summary>
    internal static async Task<(int Status, string[] Codes)> RefusedAsync(HttpClient who, HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await who.SendAsync(request);
        var problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        return ((int)answer.StatusCode, [.. problem.GetProperty("violations").EnumerateArray().Select(v => $"{v.GetProperty("pointer").GetString()} {v.GetProperty("code").GetString()}")]);
    }

    /// <summary>Publishes a linked birth; its position in the log.</summary>
    internal async Task<long> PublishAsync(string? subject = null, HttpClient? who = null)
    {
        using var content = new ByteArrayContent(CloudEventJson.Write(Samples.LinkedBirth(subject: subject))) { Headers = { { "Content-Type", CloudEventJson.MediaType } } };
        using var answer = await (who ?? AtOwner).PostAsync("events", content);
        answer.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("sequence").GetInt64();
    }

    /// <summary>Takes what comes into a queue until <paramref name="count"/> events are there, or none comes any more.</summary>
    internal async Task<IReadOnlyList<CloudEvent>> TakeAsync(string queue, int count)
    {
        await using var connection = await new ConnectionFactory { Uri = Bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var taken = new List<CloudEvent>();
        for (var misses = 0; taken.Count < count && misses < 6;)
        {
            if (await channel.TakeAsync(queue) is { } got)
                taken.Add(CloudEventJson.Read(got.Body.ToArray()));
            else
                misses++;
        }

        return taken;
    }

    internal static long SequenceOf(CloudEvent delivered) => long.Parse(delivered[ExtensionAttributes.Sequence]!, null);

    public async ValueTask DisposeAsync()
    {
        AtOwner.Dispose();
        AtReceiver.Dispose();
        await Bus.DisposeAsync();
    }
}
