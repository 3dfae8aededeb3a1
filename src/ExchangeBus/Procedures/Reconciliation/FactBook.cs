using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Tracing;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>Keeps what the branches have brought, and closes the gaps that it fills.</summary>
internal sealed class FactBook(TimeProvider time) : ITraceTaker
{
    private const string Insert = """
        insert into registration_fact (key, fact, sequence, recorded_at) select k, $2, $3, $4 from unnest($1) as k on conflict do nothing
        """;

    private const string Close = """
        update reconciliation_gap set state = 'closed', closed_at = $3, closed_by = null, reason = 'arrived' where state <> 'closed' and branch = $2 and keys && $1
        """;

    public async Task TakeAsync(NpgsqlTransaction transaction, IReadOnlyList<Traced> page, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var traced in page.Where(IsFact))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert)
            {
                Parameters = { Keys(traced), Fact(traced), new NpgsqlParameter<long> { TypedValue = traced.Logged.Sequence }, At(traced.Logged.RecordedAt) },
            });
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Close) { Parameters = { Keys(traced), Fact(traced), At(time.GetUtcNow()) } });
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    // A card that was locked because it was a duplicate says nothing of a death.
    private static bool IsFact(Traced traced)
    {
        if (traced.Type.Fact is null || traced.Logged.Type != EventTypes.HealthCardLocked)
            return traced.Type.Fact is not null;
        using var body = JsonDocument.Parse(traced.Logged.Data);
        return body.RootElement.TryGetProperty("reason", out var reason) && reason.ValueEquals("death");
    }

    private static NpgsqlParameter<Guid[]> Keys(Traced traced) => new() { TypedValue = [.. traced.Keys] };

    private static NpgsqlParameter<string> Fact(Traced traced) => new() { TypedValue = traced.Type.Fact };

    private static NpgsqlParameter<DateTime> At(DateTimeOffset at) => new() { TypedValue = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
