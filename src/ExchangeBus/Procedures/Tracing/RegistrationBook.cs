using ExchangeBus.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Procedures.Tracing;

/// <summary>Every registration that the bus has seen: where it stands, which dossier it belongs to, and whether it still holds.</summary>
internal sealed class RegistrationBook : ITraceTaker
{
    private const string Insert = """
        insert into registration (record, kind, commune, dossier_number, sequence, recorded_at, keys) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
        """;

    // The number comes when it comes; by it an event finds the registration that names no dossier.
    private const string AddKeys = """
        update registration set keys = (select array_agg(distinct k) from unnest(keys || $2) as k) where record = $1
        """;

    private const string End = "update registration set ended_at = $2 where record = $1 and ended_at is null";

    public async Task TakeAsync(NpgsqlTransaction transaction, IReadOnlyList<Traced> page, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var traced in page.Where(t => t.Record is not null))
        {
            if (traced.Type.Entry is { } kind)
                batch.BatchCommands.Add(InsertOf(traced, kind));
            else if (traced.Logged.Type == EventTypes.PersonalIdAssigned)
                batch.BatchCommands.Add(new NpgsqlBatchCommand(AddKeys) { Parameters = { Text(traced.Record), Keys(traced) } });
            else if (traced.Logged.Type is EventTypes.RegistrationAnnulled or EventTypes.DeathRevoked)
                batch.BatchCommands.Add(new NpgsqlBatchCommand(End) { Parameters = { Text(traced.Record), At(traced) } });
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand InsertOf(Traced traced, string kind) => new(Insert)
    {
        Parameters =
        {
            Text(traced.Record), Text(kind), Text(traced.Record!.Split('/')[1]), Text(traced.DossierNumber),
            new NpgsqlParameter<long> { TypedValue = traced.Logged.Sequence }, At(traced), Keys(traced),
        },
    };

    private static NpgsqlParameter Text(string? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<DateTime> At(Traced traced) => new() { TypedValue = traced.Logged.RecordedAt.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static NpgsqlParameter<Guid[]> Keys(Traced traced) => new() { TypedValue = [.. traced.Keys] };
}
