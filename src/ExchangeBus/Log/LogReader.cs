using Npgsql;

namespace ExchangeBus.Log;

/// <summary>Reads the log in order, from memory where it can. A position that was read is never followed by a smaller one.</summary>
internal sealed class LogReader(NpgsqlDataSource dataSource, LogTail tail)
{
    private const string SelectAfter = """
        select sequence, lane, type, recipient, recorded_at, envelope, data
        from event_log where sequence > $1 and recorded_at >= $3 order by sequence limit $2
        """;

    private const string SelectThose = """
        select sequence, lane, type, recipient, recorded_at, envelope, data
        from event_log where sequence = any($1) and recorded_at between $2 and $3 order by sequence
        """;

    private const string SelectNewest = "select sequence, recorded_at from log_newest";

    /// <summary>
    /// What follows a position, at most <paramref name="limit"/>; empty at the end of the log. The days before <paramref name="since"/> are not
    /// looked at: the time of the event at that position, or the beginning of time when it is not known.
    /// </summary>
    internal async Task ReadAsync(long after, DateTimeOffset since, List<LoggedEvent> into, int limit, CancellationToken cancellationToken)
    {
        into.Clear();
        if (!tail.TryRead(after, into, limit))
            await ReadFromDatabaseAsync(after, since, into, limit, cancellationToken);
    }

    /// <summary>Completes when there may be more after a position.</summary>
    internal Task GrownAsync(long beyond) => tail.GrownAsync(beyond);

    internal async Task<(long Sequence, DateTimeOffset RecordedAt)> NewestAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectNewest);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1));
    }

    /// <summary>One event; null when it is not there, or not of that time.</summary>
    internal async Task<LoggedEvent?> FindAsync(long sequence, DateTimeOffset recordedAt, CancellationToken cancellationToken)
    {
        var found = new List<LoggedEvent>(1);
        await ReadAsync(sequence - 1, recordedAt, found, 1, cancellationToken);
        return found is [var logged] && logged.Sequence == sequence ? logged : null;
    }

    /// <summary>Those of some positions that are there, in order. Only the days between the two times are looked at.</summary>
    internal async Task ReadThoseAsync(long[] sequences, DateTimeOffset from, DateTimeOffset to, List<LoggedEvent> into, CancellationToken cancellationToken)
    {
        into.Clear();
        await using var command = dataSource.CreateCommand(SelectThose);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = sequences });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = to });
        await ReadAsync(command, into, cancellationToken);
    }

    internal async Task ReadFromDatabaseAsync(long after, DateTimeOffset since, List<LoggedEvent> into, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectAfter);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = since });
        await ReadAsync(command, into, cancellationToken);
    }

    private static async Task ReadAsync(NpgsqlCommand command, List<LoggedEvent> into, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            into.Add(new LoggedEvent
            {
                Sequence = reader.GetInt64(0),
                Lane = reader.GetInt16(1),
                Type = string.Intern(reader.GetString(2)),
                Recipient = await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetString(3),
                RecordedAt = reader.GetFieldValue<DateTimeOffset>(4),
                Envelope = reader.GetFieldValue<byte[]>(5),
                Data = reader.GetFieldValue<byte[]>(6),
            });
        }
    }
}
