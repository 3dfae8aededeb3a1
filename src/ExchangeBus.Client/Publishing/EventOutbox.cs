using ExchangeBus.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Client.Publishing;

/// <summary>
/// Publishes within the agency's own transaction: the event leaves if and only if the transaction commits,
/// also when the bus is away at that moment.
/// </summary>
public sealed class EventOutbox : IDisposable
{
    private const string Insert = """
        insert into exchangebus.outbox (event) select e from unnest($1::bytea[]) with ordinality as u (e, position) order by u.position
        """;

    private readonly SemaphoreSlim _woken = new(0, 1);

    /// <summary>Writes events into the outbox, in order. They leave after the transaction has committed.</summary>
    /// <exception cref="ArgumentException">An event is not CloudEvents 1.0; the message names every reason, and nothing was written.</exception>
    public static async Task EnqueueAsync(NpgsqlTransaction transaction, IReadOnlyCollection<CloudEvent> events, CancellationToken cancellationToken = default)
    {
        if (events.Count == 0)
            return;
        var written = events.Select(CloudEventJson.Write).ToArray();
        foreach (var bytes in written)
        {
            if (!CloudEventJson.TryRead(bytes, out _, out var builder))
                throw new ArgumentException(string.Join(' ', builder.Violations.Select(v => $"{v.Pointer}: {v.MessageEn}")), nameof(events));
        }

        await using var command = new NpgsqlCommand(Insert, transaction.Connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<byte[][]>
        {
            TypedValue = written,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Says that a transaction with events has committed, so that they leave now and not at the next look (every second).</summary>
    public void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has woken it already.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _woken.Dispose();

    internal Task WokenAsync(TimeSpan atMost, CancellationToken cancellationToken) => _woken.WaitAsync(atMost, cancellationToken);
}
