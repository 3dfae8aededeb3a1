using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;
using Npgsql;

namespace ExchangeBus.Benchmarks.Contenders.Raw;

/// <summary>Npgsql's single-row commits of the same bytes, prepared, from a few connections, counted against the table.</summary>
internal sealed class CommitRaw(LocalServerSet servers, int connections) : IContender
{
    private const string CreateTable = "create table raw_event (number bigint primary key, body bytea not null)";
    private const string Insert = "insert into raw_event (number, body) values ($1, $2)";
    private const string CountRows = "select count(*) from raw_event";

    private string _connectionString = "";
    private NpgsqlDataSource? _dataSource;

    public string Name => $"raw Npgsql, single-row commits, {connections} connections";

    public Side Side => Side.Ceiling;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _connectionString = await servers.Postgres.CreateDatabaseAsync($"raw_{Guid.CreateVersion7():N}", cancellationToken);
        _dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connectionString) { MaxPoolSize = connections, NoResetOnClose = true });
        await using var command = _dataSource.CreateCommand(CreateTable);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var before = await Database.CountAsync(_connectionString, CountRows);
        var ledger = new Ledger(load, subscribers: 0);
        await Callers.RunAsync(connections, () => InsertAsync(ledger, cancellationToken));
        var elapsed = ledger.Elapsed;
        var stored = await Database.CountAsync(_connectionString, CountRows) - before;
        return stored == ledger.Sent
            ? new Outcome(ledger.Sent, elapsed)
            : throw new WrongOutcomeException($"{Name}: {ledger.Sent} committed, {stored} in the table.");
    }

    public ValueTask DisposeAsync() => _dataSource?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task InsertAsync(Ledger ledger, CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource!.OpenConnectionAsync(cancellationToken);
        var (number, body) = (new NpgsqlParameter<long>(), new NpgsqlParameter<byte[]>());
        await using var command = new NpgsqlCommand(Insert, connection) { Parameters = { number, body } };
        body.TypedValue = [];
        await command.PrepareAsync(cancellationToken);
        while (ledger.TryTake(out var next))
        {
            (number.TypedValue, body.TypedValue) = (next, BirthEvent.Create(next));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
