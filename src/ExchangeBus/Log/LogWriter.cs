using Npgsql;

namespace ExchangeBus.Log;

/// <summary>
/// Writes batches of events from outside, one transaction each, over one connection that it keeps: its server process has all statements prepared
/// and its caches warm. Not for two threads.
/// </summary>
internal sealed class LogWriter(NpgsqlDataSource dataSource, HeldBound bound, TimeProvider time) : IDisposable
{
    // A connection that nobody used may have been cut on the way; the pool gives another one.
    private static readonly TimeSpan KeepIdle = TimeSpan.FromSeconds(30);

    private NpgsqlConnection? _connection;
    private long _usedAt;

    /// <summary>
    /// A value that does not fit, or a limit of PostgreSQL's (classes 22 and 54). All else is the server's: shut down, read-only after a failover,
    /// a missing partition; then sending again helps.
    /// </summary>
    internal static bool IsOfTheEvent(PostgresException e) =>
        e.SqlState.StartsWith("22", StringComparison.Ordinal) || e.SqlState.StartsWith("54", StringComparison.Ordinal);

    /// <summary>The events that are new, by their keys. Those that are known, or held back, or one too many to be held, are not among them.</summary>
    internal Dictionary<Guid, Placed> Insert(IReadOnlyList<NewEvent> events, bool hold)
    {
        var connection = Open();
        try
        {
            if (hold)
                events = bound.Keep(connection, events);
            if (events.Count == 0)
                return [];
            using var batch = new NpgsqlBatch(connection);
            AppendStatement.AddIntakeTo(batch, events, hold);
            using var reader = batch.ExecuteReader();
            while (!AppendStatement.HasPlaces(reader))
                reader.NextResult();
            var places = new Dictionary<Guid, Placed>(events.Count);
            while (reader.Read())
                AppendStatement.ReadPlace(reader, places);
            // What follows is the end of the transaction; an error there is one of the commit.
            reader.NextResult();
            return places;
        }
        catch (Exception e) when (e is not PostgresException refused || !IsOfTheEvent(refused))
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        // Forgotten first: whatever happens to this one, the next batch opens another.
        var connection = _connection;
        _connection = null;
        connection?.Dispose();
    }

    private NpgsqlConnection Open()
    {
        if (time.GetElapsedTime(_usedAt) > KeepIdle)
            Dispose();
        _usedAt = time.GetTimestamp();
        return _connection ??= dataSource.OpenConnection();
    }
}
