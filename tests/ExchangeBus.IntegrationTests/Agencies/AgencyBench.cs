using ExchangeBus.Client;
using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.JsonSchema;
using ExchangeBus.SampleAgencies;
using ExchangeBus.SampleAgencies.Hosting;
using ExchangeBus.SampleAgencies.Steps;
using ExchangeBus.Signatures;
using ExchangeBus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Agencies;

/// <summary>One sample agency on a database of its own and a clock that the test moves, without a bus: commands are put before it, and what it would send is read from its outbox.</summary>
internal sealed class AgencyBench : IAsyncDisposable
{
    internal static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(7));

    private static readonly SchemaRegistry Registry = LoadSchemas();

    private readonly IHost _host;

    private AgencyBench(IHost host, string connectionString, FakeTimeProvider time) => (_host, ConnectionString, Time) = (host, connectionString, time);

    internal string ConnectionString { get; }

    internal FakeTimeProvider Time { get; }

    /// <summary>Makes the agency ready. Its hosted services do not run: the test does what they would do.</summary>
    /// <param name="name">One of <see cref="SampleAgency.Names"/>.</param>
    /// <param name="settings">Below <c>Agencies:&lt;name&gt;</c>.</param>
    internal static async Task<AgencyBench> OpenAsync(string name, params (string Key, string Value)[] settings)
    {
        using var key = SigningKey.Create();
        var database = await Servers.Current.Postgres.CreateDatabaseAsync($"{name}_{Guid.CreateVersion7():N}");
        var configuration = new Dictionary<string, string?>
        {
            [$"Agencies:{name}:ConnectionString"] = database,
            [$"Agencies:{name}:PrivateKey"] = key.ToPrivateJwk(),
            [$"Agencies:{name}:BrokerPassword"] = "nobody-asks-for-it-on-the-bench",
            [$"Agencies:{name}:BusAddress"] = "http://127.0.0.1:1/",
            [$"Agencies:{name}:BrokerAddress"] = "amqp://127.0.0.1:1/",
        };
        foreach (var (setting, value) in settings)
            configuration[$"Agencies:{name}:{setting}"] = value;
        var time = new FakeTimeProvider(Monday.ToUniversalTime());
        var host = SampleAgency.Build(name, new ConfigurationBuilder().AddInMemoryCollection(configuration).Build(), time: time);
        await ClientSchema.CreateAsync(host.Services.GetRequiredService<NpgsqlDataSource>());
        AgencySchema.Create(host.Services.GetRequiredService<AgencyDescription>(), database);
        return new AgencyBench(host, database, time);
    }

    internal T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Puts one event before the agency, as the bus would deliver it, and returns what it says at once.</summary>
    internal async Task<IReadOnlyList<CloudEvent>> PutAsync<T>(string type, T body, string? id = null)
    {
        await StartPutting(type, body, id);
        return await TakeOutboxAsync();
    }

    /// <summary>The same without waiting for its end.</summary>
    internal Task StartPutting<T>(string type, T body, string? id = null)
    {
        var delivered = new CloudEvent { Id = id ?? Guid.CreateVersion7().ToString("D"), Source = "urn:exchangebus:agency:EXB:procedures", Type = type, Subject = "subject", Data = EventData.Write(body) };
        AssertValid(delivered);
        return _host.Services.GetRequiredService<Inbox>().HandleOnceAsync("bench", delivered, _host.Services.GetRequiredService<TypeDesk>(), CancellationToken.None);
    }

    /// <summary>Takes what waits in the outbox. Every event must be what its schema takes.</summary>
    internal async Task<IReadOnlyList<CloudEvent>> TakeOutboxAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("with taken as (delete from exchangebus.outbox returning position, event) select event from taken order by position", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<CloudEvent>();
        while (await reader.ReadAsync())
            events.Add(CloudEventJson.Read(reader.GetFieldValue<byte[]>(0)));
        foreach (var said in events)
            AssertValid(said);
        return events;
    }

    internal Task<long> CountAsync(string sql, object? parameters = null) => Database.CountAsync(ConnectionString, sql, parameters);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    /// <summary>A body from the schemas' own examples.</summary>
    internal static T Example<T>(string type, string name)
    {
        var parts = type.Split('.');
        return EventData.Read<T>(File.ReadAllBytes(Path.Combine(Road.Samples.SchemasFolder, parts[1], parts[2], "v1.valid", $"{name}.json")));
    }

    private static void AssertValid(CloudEvent checkedEvent)
    {
        var folder = string.Join('/', checkedEvent.Type.Split('.')[1..3]);
        var violations = Registry.Compile(new Uri($"https://schemas.exchangebus.vn/{folder}/v1.schema.json")).Validate(checkedEvent.Data.Span);
        Assert.That(violations, Is.Empty, $"{checkedEvent.Type} {System.Text.Encoding.UTF8.GetString(checkedEvent.Data.Span)}");
    }

    private static SchemaRegistry LoadSchemas()
    {
        var registry = new SchemaRegistry();
        foreach (var file in Directory.EnumerateFiles(Road.Samples.SchemasFolder, "v1.schema.json", SearchOption.AllDirectories))
            registry.Add(new Uri(file), File.ReadAllBytes(file));
        return registry;
    }
}
