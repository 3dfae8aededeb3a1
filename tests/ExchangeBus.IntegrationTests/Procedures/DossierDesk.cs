using System.Net.Http.Json;
using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Procedures;

/// <summary>A bus whose agencies the test plays over HTTP and AMQP.</summary>
internal abstract class DossierDesk(RunningBus bus) : IAsyncDisposable
{
    /// <summary>Every step of the law goes through the bus.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> NothingOutside = new Dictionary<string, string?> { ["Procedures:OutsideSteps"] = "" };

    internal RunningBus Bus => bus;

    private readonly List<CloudEvent> _received = [];
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>How often an agency was told to do something for a dossier.</summary>
    internal Task<long> CountCommandsAsync(TestAgency agency, string type, string dossier) =>
        CountAsync("select count(*) from event_log where type = @type and subject = @dossier and recipient = @Code", new { type, dossier, agency.Code });

    /// <summary>Asks the desk as an officer; gives the status and the body.</summary>
    internal async Task<(int Status, JsonElement Body)> AskAsync(TestAgency agency, string? officer, HttpMethod method, string path, object? body = null)
    {
        using var http = bus.ClientOf(agency);
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (officer is not null)
            request.Headers.Add("Officer", officer);
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>The dossier as an officer of the one-stop desk sees it.</summary>
    internal async Task<JsonElement> ViewAsync(string dossier) => (await AskAsync(LinkedBirthDesk.OneStop, "cb-1", HttpMethod.Get, $"dossiers/{dossier}")).Body;

    internal Task<long> CountAsync(string sql, object? parameters) => Database.CountAsync(bus.ConnectionString, sql, parameters);

    internal async Task ExecuteAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(bus.ConnectionString);
        await Dapper.SqlMapper.ExecuteAsync(connection, sql);
    }

    /// <summary>Events of a dossier as its history tells them: the state that each has led to, and how it was taken.</summary>
    internal async Task<IReadOnlyList<string>> HistoryAsync(string dossier)
    {
        await using var connection = new Npgsql.NpgsqlConnection(bus.ConnectionString);
        return [.. await Dapper.SqlMapper.QueryAsync<string>(connection,
            "select split_part(event_type, '.', 3) || ' > ' || to_state || coalesce(' ' || note, '') from dossier_history where dossier_number = @dossier order by version", new { dossier })];
    }

    /// <param name="agency">Who says it.</param>
    /// <param name="type">Type of the event.</param>
    /// <param name="dossier">Its dossier.</param>
    /// <param name="data">The body.</param>
    /// <param name="subject">What the envelope says it is about. Default: the dossier.</param>
    /// <param name="time">When it happened. Default: now.</param>
    internal async Task PublishAsync<T>(TestAgency agency, string type, string dossier, T data, string? subject = null, DateTimeOffset? time = null)
    {
        using var http = bus.ClientOf(agency);
        var written = CloudEventJson.Write(new CloudEvent
        {
            Id = Guid.CreateVersion7().ToString(),
            Source = agency.Source,
            Type = type,
            Subject = subject ?? dossier,
            Time = time ?? TimeProvider.System.GetUtcNow(),
            DataContentType = "application/json",
            Data = EventData.Write(data),
        });
        using var answer = await http.PostAsync("events", new ByteArrayContent(written) { Headers = { { "Content-Type", CloudEventJson.MediaType } } });
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The command, or any other event, that an agency got for a dossier; <paramref name="which"/> chooses among several of one type.</summary>
    internal Task<CloudEvent> CommandAsync(TestAgency agency, string type, string dossier, Func<CloudEvent, bool>? which = null) => ReceivedAsync(
        $"sub.{agency.Code}.commands", c => c.Type == type && c.Subject == dossier && (c[ExtensionAttributes.Recipient] is not { } recipient || recipient == agency.Code) && which?.Invoke(c) != false, $"{type} of {dossier}");

    /// <summary>The first event on a queue that satisfies; what comes before it is kept for later questions.</summary>
    internal async Task<CloudEvent> ReceivedAsync(string queue, Predicate<CloudEvent> satisfies, string what)
    {
        _connection ??= await new ConnectionFactory { Uri = bus.AmqpUri }.CreateConnectionAsync();
        _channel ??= await _connection.CreateChannelAsync();
        await Eventually.GetAsync(async () =>
        {
            while (_received.Find(satisfies) is null && await _channel.TakeAsync(queue) is { } got)
                _received.Add(CloudEventJson.Read(got.Body.ToArray()));
            return _received.Find(satisfies) is not null;
        }, found => found, what);
        return _received.Find(satisfies)!;
    }

    /// <summary>The command that an agency gets next for a dossier, whatever it got before.</summary>
    internal Task<CloudEvent> NextCommandAsync(TestAgency agency, string type, string dossier)
    {
        _received.RemoveAll(c => c.Type == type && c.Subject == dossier);
        return CommandAsync(agency, type, dossier);
    }

    /// <summary>The newest event of a type in the log of a dossier.</summary>
    internal async Task<CloudEvent> LoggedAsync(string dossier, string type)
    {
        await using var connection = new Npgsql.NpgsqlConnection(bus.ConnectionString);
        return CloudEventJson.Read(await Dapper.SqlMapper.QueryFirstAsync<byte[]>(connection,
            "select envelope from event_log where type = @type and subject = @dossier order by sequence desc limit 1", new { type, dossier }));
    }

    /// <summary>The dossier's row on the first page once it satisfies.</summary>
    internal async Task<JsonElement> DossierAsync(string dossier, Func<JsonElement, bool> satisfies)
    {
        using var http = new HttpClient { BaseAddress = bus.Address };
        return await Eventually.GetAsync(async () =>
        {
            var status = await http.GetFromJsonAsync<JsonElement>("status");
            return status.GetProperty("newest").EnumerateArray().FirstOrDefault(d => d.GetProperty("dossierNumber").GetString() == dossier);
        }, d => d.ValueKind == JsonValueKind.Object && satisfies(d), $"dossier {dossier} as expected");
    }

    internal Task<JsonElement> DossierInStateAsync(string dossier, string state) => DossierAsync(dossier, d => d.GetProperty("state").GetString() == state);

    /// <summary>Waits until the event that was published last is in the history of the dossier, with the state and the note that it has led to.</summary>
    internal Task<IReadOnlyList<string>> HistoryEndsAsync(string dossier, string entry) =>
        Eventually.GetAsync(() => HistoryAsync(dossier), h => h.Count > 0 && h[^1] == entry, $"the history of {dossier} ends with {entry}");

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        await bus.DisposeAsync();
    }
}
