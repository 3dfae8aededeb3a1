using System.Text.Json;
using ExchangeBus.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Client.Publishing;

/// <summary>Events that the bus did not accept, with its reasons: held until a person decides, or rejected.</summary>
internal static class KeptEvents
{
    private const string InsertRejected = """
        insert into exchangebus.rejected (source, id, event, violations, rejected_at) values ($1, $2, $3, $4::jsonb, $5)
        on conflict (source, id) do nothing
        """;

    private const string InsertHeld = """
        insert into exchangebus.held (source, id, event, violations, held_at, asked_at) values ($1, $2, $3, $4::jsonb, $5, $5)
        on conflict (source, id) do nothing
        """;

    private const string DeleteHeld = "delete from exchangebus.held where source = $1 and id = $2";

    // Those that were asked about longest ago. Marked ahead, so that an instance beside this one takes others and a fault hits no event for ever.
    private const string TakeHeld = """
        update exchangebus.held h set asked_at = $1
        from (select source, id from exchangebus.held where asked_at <= $2 order by asked_at limit $3 for update skip locked) oldest
        where h.source = oldest.source and h.id = oldest.id
        returning h.event
        """;

    internal static Task KeepRejectedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CloudEvent kept, byte[] written, IReadOnlyList<Violation> violations, DateTimeOffset now, CancellationToken cancellationToken) =>
        InsertAsync(InsertRejected, connection, transaction, kept, written, violations, now, cancellationToken);

    internal static Task KeepHeldAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CloudEvent kept, byte[] written, IReadOnlyList<Violation> violations, DateTimeOffset now, CancellationToken cancellationToken) =>
        InsertAsync(InsertHeld, connection, transaction, kept, written, violations, now, cancellationToken);

    /// <summary>Held events that were asked about last before <paramref name="before"/>, at most <paramref name="atMost"/>; they count as asked about now.</summary>
    internal static async Task<List<byte[]>> TakeHeldAsync(NpgsqlDataSource dataSource, DateTimeOffset now, DateTimeOffset before, int atMost, CancellationToken cancellationToken)
    {
        await using var take = dataSource.CreateCommand(TakeHeld);
        take.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        take.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = before });
        take.Parameters.Add(new NpgsqlParameter<int> { TypedValue = atMost });
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        var taken = new List<byte[]>();
        while (await reader.ReadAsync(cancellationToken))
            taken.Add(reader.GetFieldValue<byte[]>(0));
        return taken;
    }

    /// <summary>Ends the waiting of a held event; false when it had ended before.</summary>
    internal static async Task<bool> EndHeldAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CloudEvent held, CancellationToken cancellationToken)
    {
        await using var delete = new NpgsqlCommand(DeleteHeld, connection, transaction)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = held.Source }, new NpgsqlParameter<string> { TypedValue = held.Id } },
        };
        return await delete.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static async Task InsertAsync(
        string sql, NpgsqlConnection connection, NpgsqlTransaction transaction, CloudEvent kept, byte[] written, IReadOnlyList<Violation> violations, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand(sql, connection, transaction)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = kept.Source },
                new NpgsqlParameter<string> { TypedValue = kept.Id },
                new NpgsqlParameter<byte[]> { TypedValue = written, NpgsqlDbType = NpgsqlDbType.Bytea },
                new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(violations, EventData.Json) },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
            },
        };
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }
}
