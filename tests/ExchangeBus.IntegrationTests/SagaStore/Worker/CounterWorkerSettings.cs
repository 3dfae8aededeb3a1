using System.Text.Json;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore.Worker;

/// <summary>What a worker must know; it travels to its process in an environment variable, since arguments are seen by everybody.</summary>
internal sealed record CounterWorkerSettings
{
    private const string Variable = "EXCHANGEBUS_COUNTER_WORKER";

    /// <summary>Names the worker in the broker's list of connections.</summary>
    public required string Name { get; init; }

    public required string ConnectionString { get; init; }

    public required Uri AmqpUri { get; init; }

    public TimeSpan OutboxLease { get; init; } = TimeSpan.FromSeconds(2);

    public bool Coalesce { get; init; } = true;

    public static CounterWorkerSettings Read() => JsonSerializer.Deserialize<CounterWorkerSettings>(Environment.GetEnvironmentVariable(Variable)
        ?? throw new InvalidOperationException($"{Variable} is not set."))!;

    public void Write(IDictionary<string, string?> environment) => environment[Variable] = JsonSerializer.Serialize(this);

    public NpgsqlDataSource CreateDataSource() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString)
    {
        NoResetOnClose = true,
        MaxAutoPrepare = 100,
        AutoPrepareMinUsages = 2,
        MaxPoolSize = 20,
        ApplicationName = CounterDatabase.WorkerApplication,
    });
}
