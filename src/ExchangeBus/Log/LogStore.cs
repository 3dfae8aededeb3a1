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

/// <summary>Writes batches of events from outside, one transaction each, and finds those that were there before.</summary>
internal sealed class LogStore(NpgsqlDataSource dataSource)
{
    private const string SelectAccepted = """
        select i.event_key, i.sequence, i.recorded_at, e.type, e.data_hash
        from event_identity i join event_log e on e.sequence = i.sequence and e.recorded_at = i.recorded_at
        where i.event_key = any($1)
        """;

    private const string SelectHeld = """
        select event_key, 0::bigint, held_at, type, data_hash from held_event where event_key = any($1) and decided_at is null
        """;

    private const string SelectData = "select data from event_log where sequence = $1 and recorded_at = $2";

    private const string SelectHeldData = "select data from held_event where event_key = $1 and decided_at is null";

    /// <summary>The events that are new, by their keys. Those that are known or held back are not among them.</summary>
    internal async Task<Dictionary<Guid, Placed>> InsertAsync(IReadOnlyList<NewEvent> events, bool hold)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        var flags = AppendStatement.AddIntakeTo(batch, events, hold);
        await using var reader = await batch.ExecuteReaderAsync();
        var places = new Dictionary<Guid, Placed>(events.Count);
        await ReadPlacesAsync(reader, places, CancellationToken.None);
        if (flags && await reader.NextResultAsync())
            await ReadFlagsAsync(reader, places);
        return places;
    }

    /// <summary>Those of the keys that are in the log.</summary>
    internal Task<Dictionary<Guid, Stored>> FindAsync(IReadOnlyList<Guid> keys) => FindAsync(SelectAccepted, keys);

    /// <summary>Those of the keys that wait for a person.</summary>
    internal Task<Dictionary<Guid, Stored>> FindHeldAsync(IReadOnlyList<Guid> keys) => FindAsync(SelectHeld, keys);

    /// <summary>The body of an event that stood there before; read only to say where a repeat differs.</summary>
    internal async Task<ReadOnlyMemory<byte>> ReadDataAsync(Guid key, Stored stored)
    {
        await using var command = dataSource.CreateCommand(stored.Sequence > 0 ? SelectData : SelectHeldData);
        if (stored.Sequence > 0)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = stored.Sequence });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = stored.RecordedAt });
        }
        else
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key });
        }

        return (byte[]?)await command.ExecuteScalarAsync() ?? "null"u8.ToArray();
    }

    private async Task<Dictionary<Guid, Stored>> FindAsync(string select, IReadOnlyList<Guid> keys)
    {
        var found = new Dictionary<Guid, Stored>();
        if (keys.Count == 0)
            return found;
        await using var command = dataSource.CreateCommand(select);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. keys] });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetGuid(0), new Stored(
                reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4)));
        }

        return found;
    }

    /// <summary>Reads the rows of the append statement, wherever it stands among the results.</summary>
    internal static async Task ReadPlacesAsync(NpgsqlDataReader reader, Dictionary<Guid, Placed> places, CancellationToken cancellationToken)
    {
        while (reader.FieldCount != 3)
            await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            places.Add(reader.GetGuid(0), new Placed(reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2)));
    }

    private static async Task ReadFlagsAsync(NpgsqlDataReader reader, Dictionary<Guid, Placed> places)
    {
        if (!reader.HasRows)
            return;
        var bySequence = places.ToDictionary(p => p.Value.Sequence, p => p.Key);
        while (await reader.ReadAsync())
        {
            // A repeat of an event that was accepted before this rule was there may be flagged too; its receipt is the first one.
            if (bySequence.TryGetValue(reader.GetInt64(0), out var key))
                places[key] = places[key] with { LooksLikeEarlierBy = reader.GetString(1) };
        }
    }
}
