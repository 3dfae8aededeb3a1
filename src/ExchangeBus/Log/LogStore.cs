using Npgsql;

namespace ExchangeBus.Log;

/// <summary>Where an event stands that has just been written.</summary>
internal sealed record Placed(long Sequence, DateTimeOffset RecordedAt)
{
    internal string? LooksLikeEarlierBy { get; init; }
}

/// <summary>An event that stood in the log before, as far as a repeat is compared with it.</summary>
internal sealed record Stored(long Sequence, DateTimeOffset RecordedAt, string Type, byte[] DataHash)
{
    internal bool IsSame(NewEvent again) => string.Equals(Type, again.Event.Type, StringComparison.Ordinal) && DataHash.AsSpan().SequenceEqual(again.DataHash);
}

/// <summary>Finds events that stand in the log, or wait for a person. The writer of the log asks for repeats only, and blocks.</summary>
internal sealed class LogStore(NpgsqlDataSource dataSource)
{
    private const string SelectAccepted = """
        select i.event_key, i.sequence, i.recorded_at, e.type, e.data_hash
        from event_identity i join event_log e on e.sequence = i.sequence and e.recorded_at = i.recorded_at
        where i.event_key = any($1)
        """;

    private const string SelectPlace = "select sequence, recorded_at from event_log where sequence = $1";

    private const string SelectHeld = """
        select event_key, 0::bigint, held_at, type, data_hash from held_event where event_key = any($1) and decided_at is null
        """;

    private const string SelectData = "select data from event_log where sequence = $1 and recorded_at = $2";

    private const string SelectHeldData = "select data from held_event where event_key = $1 and decided_at is null";

    /// <summary>Those of the keys that are in the log.</summary>
    internal Dictionary<Guid, Stored> Find(IReadOnlyList<Guid> keys) => Find(SelectAccepted, keys);

    /// <summary>One event of the log; null when it is not there.</summary>
    internal async Task<Stored?> FindAsync(Guid key, CancellationToken cancellationToken)
    {
        await using var command = CommandOf(SelectAccepted, [key]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? StoredOf(reader) : null;
    }

    /// <summary>Where an event stands; null when it is not in the log.</summary>
    internal async Task<(long Sequence, DateTimeOffset RecordedAt)?> FindPlaceAsync(long sequence, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectPlace);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sequence });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    /// <summary>Those of the keys that wait for a person.</summary>
    internal Dictionary<Guid, Stored> FindHeld(IReadOnlyList<Guid> keys) => Find(SelectHeld, keys);

    /// <summary>The body of an event that stood there before; read only to say where a repeat differs.</summary>
    internal ReadOnlyMemory<byte> ReadData(Guid key, Stored stored)
    {
        using var command = dataSource.CreateCommand(stored.Sequence > 0 ? SelectData : SelectHeldData);
        if (stored.Sequence > 0)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = stored.Sequence });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = stored.RecordedAt });
        }
        else
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key });
        }

        return (byte[]?)command.ExecuteScalar() ?? "null"u8.ToArray();
    }

    private Dictionary<Guid, Stored> Find(string select, IReadOnlyList<Guid> keys)
    {
        var found = new Dictionary<Guid, Stored>();
        if (keys.Count == 0)
            return found;
        using var command = CommandOf(select, keys);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            found.Add(reader.GetGuid(0), StoredOf(reader));
        return found;
    }

    private NpgsqlCommand CommandOf(string select, IReadOnlyList<Guid> keys)
    {
        var command = dataSource.CreateCommand(select);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. keys] });
        return command;
    }

    private static Stored StoredOf(NpgsqlDataReader reader) =>
        new(reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4));
}
