using System.Net.Http.Json;
using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Procedures;

/// <summary>A bus with all agencies of a linked birth, each played by the test over HTTP and AMQP.</summary>
internal sealed class LinkedBirthDesk : IAsyncDisposable
{
    internal static readonly TestAgency CivilStatus = new("G15", "civilstatus", ["vn.civilstatus.*", "vn.onestop.supplementrequested.v1"], ("commands", [EventTypes.RegisterBirth]));
    internal static readonly TestAgency Residence = new("G01", "residence", ["vn.residence.*"], ("commands", [EventTypes.RegisterPermanentResidence, EventTypes.RequestHouseholdConsent]));
    internal static readonly TestAgency Insurance = new("G24", "socialinsurance", ["vn.socialinsurance.*"], ("commands", [EventTypes.IssueChildHealthCard]))
    {
        Officers = [("bh-1", ["Operator", "Approver"])],
    };
    internal static readonly TestAgency OneStop = new("G22", "onestop", ["vn.onestop.*"], ("commands", [EventTypes.RequestIntake]))
    {
        Officers = [("cb-1", ["Operator"]), ("ld-1", ["Operator", "Approver"]), ("ld-2", ["Approver"]), ("xem-1", ["Viewer"])],
    };
    internal static readonly TestAgency Population = new("G01.C06", "population", ["vn.population.*", "vn.identity.*"], ("commands", [EventTypes.VerifyCitizen, EventTypes.IssueChildIdCard]));

    /// <summary>Every step of the law goes through the bus.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> NothingOutside = new Dictionary<string, string?> { ["Procedures:OutsideSteps"] = "" };

    private readonly RunningBus _bus;
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly List<CloudEvent> _commands = [];

    private LinkedBirthDesk(RunningBus bus, IConnection connection, IChannel channel) => (_bus, _connection, _channel) = (bus, connection, channel);

    internal static async Task<LinkedBirthDesk> OpenAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, CivilStatus, Residence, Insurance, OneStop, Population], settings);
        var connection = await new ConnectionFactory { Uri = bus.AmqpUri }.CreateConnectionAsync();
        return new LinkedBirthDesk(bus, connection, await connection.CreateChannelAsync());
    }

    internal LinkedBirthSubmitted Submission(string dossier, params string[] procedures) =>
        EventData.Read<LinkedBirthSubmitted>(Samples.LinkedBirthData) with { DossierNumber = dossier, Procedures = procedures };

    internal Task SubmitAsync(LinkedBirthSubmitted submission) => PublishAsync(Samples.Portal, EventTypes.LinkedBirthSubmitted, submission.DossierNumber, submission);

    internal Task RegisterAsync(LinkedBirthSubmitted submission) => PublishAsync(CivilStatus, EventTypes.BirthRegistered, submission.DossierNumber, new BirthRegistered
    {
        DossierNumber = submission.DossierNumber,
        RegistrationNumber = "24",
        Book = "01/2026",
        Commune = submission.Commune,
        RegisteredOn = new DateOnly(2026, 11, 23),
        Child = submission.Child,
    });

    internal Task RegisterResidenceAsync(string dossier) => PublishAsync(Residence, EventTypes.PermanentResidenceRegistered, dossier, new PermanentResidenceRegistered
    {
        DossierNumber = dossier,
        ResidenceNumber = "R-1",
        Address = new Address("00004"),
        RegisteredOn = new DateOnly(2026, 11, 24),
    });

    internal Task IssueCardAsync(string dossier) => PublishAsync(Insurance, EventTypes.ChildHealthCardIssued, dossier, new ChildHealthCardIssued
    {
        DossierNumber = dossier,
        CardNumber = "TE1010123456789",
        ValidFrom = new DateOnly(2026, 11, 24),
        ValidUntil = new DateOnly(2032, 9, 30),
    });

    /// <summary>Asks the desk as an officer; gives the status and the body.</summary>
    internal async Task<(int Status, JsonElement Body)> AskAsync(TestAgency agency, string? officer, HttpMethod method, string path, object? body = null)
    {
        using var http = _bus.ClientOf(agency);
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (officer is not null)
            request.Headers.Add("Officer", officer);
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>The dossier as an officer of the one-stop desk sees it.</summary>
    internal async Task<JsonElement> ViewAsync(string dossier) => (await AskAsync(OneStop, "cb-1", HttpMethod.Get, $"dossiers/{dossier}")).Body;

    internal Task<long> CountAsync(string sql, object? parameters) => Database.CountAsync(_bus.ConnectionString, sql, parameters);

    /// <summary>Events of a dossier as its history tells them: the state that each has led to, and how it was taken.</summary>
    internal async Task<IReadOnlyList<string>> HistoryAsync(string dossier)
    {
        await using var connection = new Npgsql.NpgsqlConnection(_bus.ConnectionString);
        return [.. await Dapper.SqlMapper.QueryAsync<string>(connection,
            "select split_part(event_type, '.', 3) || ' > ' || to_state || coalesce(' ' || note, '') from dossier_history where dossier_number = @dossier order by version", new { dossier })];
    }

    internal async Task PublishAsync<T>(TestAgency agency, string type, string dossier, T data)
    {
        using var http = _bus.ClientOf(agency);
        var written = CloudEventJson.Write(new CloudEvent
        {
            Id = Guid.CreateVersion7().ToString(),
            Source = agency.Source,
            Type = type,
            Subject = dossier,
            Time = TimeProvider.System.GetUtcNow(),
            DataContentType = "application/json",
            Data = EventData.Write(data),
        });
        using var answer = await http.PostAsync("events", new ByteArrayContent(written) { Headers = { { "Content-Type", CloudEventJson.MediaType } } });
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The command that an agency got for a dossier.</summary>
    internal async Task<CloudEvent> CommandAsync(TestAgency agency, string type, string dossier)
    {
        CloudEvent? Find() => _commands.Find(c => c.Type == type && c.Subject == dossier);
        await Eventually.GetAsync(async () =>
        {
            while (Find() is null && await _channel.TakeAsync($"sub.{agency.Code}.commands") is { } got)
                _commands.Add(CloudEventJson.Read(got.Body.ToArray()));
            return Find() is not null;
        }, found => found, $"{type} of {dossier}");
        return Find()!;
    }

    /// <summary>The command that an agency gets next for a dossier, whatever it got before.</summary>
    internal Task<CloudEvent> NextCommandAsync(TestAgency agency, string type, string dossier)
    {
        _commands.RemoveAll(c => c.Type == type && c.Subject == dossier);
        return CommandAsync(agency, type, dossier);
    }

    /// <summary>The newest event of a type in the log of a dossier.</summary>
    internal async Task<CloudEvent> LoggedAsync(string dossier, string type)
    {
        await using var connection = new Npgsql.NpgsqlConnection(_bus.ConnectionString);
        return CloudEventJson.Read(await Dapper.SqlMapper.QueryFirstAsync<byte[]>(connection,
            "select envelope from event_log where type = @type and subject = @dossier order by sequence desc limit 1", new { type, dossier }));
    }

    /// <summary>The dossier's row on the first page once it satisfies.</summary>
    internal async Task<JsonElement> DossierAsync(string dossier, Func<JsonElement, bool> satisfies)
    {
        using var http = new HttpClient { BaseAddress = _bus.Address };
        return await Eventually.GetAsync(async () =>
        {
            var status = await http.GetFromJsonAsync<JsonElement>("status");
            return status.GetProperty("newest").EnumerateArray().FirstOrDefault(d => d.GetProperty("dossierNumber").GetString() == dossier);
        }, d => d.ValueKind == JsonValueKind.Object && satisfies(d), $"dossier {dossier} as expected");
    }

    internal Task<JsonElement> DossierInStateAsync(string dossier, string state) => DossierAsync(dossier, d => d.GetProperty("state").GetString() == state);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _bus.DisposeAsync();
    }
}
