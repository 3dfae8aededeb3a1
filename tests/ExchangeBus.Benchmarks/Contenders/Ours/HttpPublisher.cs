using System.Collections.Concurrent;
using System.Text;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.Client.Authentication;
using ExchangeBus.Contracts;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>An agency that publishes over HTTP with keep-alive, proves itself at each request, and reads every receipt.</summary>
internal sealed class HttpPublisher(Uri bus, BusAuthentication authentication) : IDisposable
{
    private readonly ConcurrentBag<HttpConnection> _idle = [];

    /// <summary>One event per request until the ledger's time is over.</summary>
    internal Task PublishSinglyAsync(Ledger ledger, int callers, CancellationToken cancellationToken) =>
        Callers.RunAsync(callers, async () =>
        {
            while (ledger.TryTake(out var number))
                await PublishOneAsync(number, cancellationToken);
        });

    /// <summary>Batches of <paramref name="size"/> events until the ledger's time is over.</summary>
    internal Task PublishInBatchesAsync(Ledger ledger, int callers, int size, CancellationToken cancellationToken) =>
        Callers.RunAsync(callers, async () =>
        {
            using var batch = new MemoryStream(size * (BirthEvent.Length + 1) + 2);
            while (Fill(batch, ledger, size) is > 0 and var count)
                await PostAsync(batch.ToArray(), CloudEventJson.BatchMediaType, answer => Check(answer, count), cancellationToken);
        });

    /// <summary>One event.</summary>
    internal Task PublishOneAsync(long number, CancellationToken cancellationToken) =>
        PublishAsync(BirthEvent.Create(number), cancellationToken);

    /// <summary>One event as it is written.</summary>
    internal Task PublishAsync(byte[] written, CancellationToken cancellationToken) =>
        PostAsync(written, CloudEventJson.MediaType, static answer => Check(answer, 1), cancellationToken);

    /// <summary>Events as they are written, in one request.</summary>
    internal Task PublishAsync(IReadOnlyList<byte[]> written, CancellationToken cancellationToken)
    {
        using var batch = new MemoryStream(written.Sum(w => w.Length + 1) + 1);
        for (var i = 0; i < written.Count; i++)
        {
            batch.WriteByte(i == 0 ? (byte)'[' : (byte)',');
            batch.Write(written[i]);
        }

        batch.WriteByte((byte)']');
        return PostAsync(batch.ToArray(), CloudEventJson.BatchMediaType, answer => Check(answer, written.Count), cancellationToken);
    }

    /// <summary>One event; false when the bus turned it away for now.</summary>
    internal Task<bool> TryPublishAsync(long number, CancellationToken cancellationToken) =>
        PostAsync(BirthEvent.Create(number), CloudEventJson.MediaType, static answer => answer.Status switch
        {
            202 => true,
            429 or 503 when answer.SaysWhenToRetry => false,
            _ => throw new WrongOutcomeException($"The bus answered {answer.Status}."),
        }, cancellationToken);

    public void Dispose()
    {
        foreach (var connection in _idle)
            connection.Dispose();
        authentication.Dispose();
    }

    private static int Fill(MemoryStream batch, Ledger ledger, int size)
    {
        batch.SetLength(0);
        var count = 0;
        while (count < size && ledger.TryTake(out var number))
        {
            batch.WriteByte(count++ == 0 ? (byte)'[' : (byte)',');
            batch.Write(BirthEvent.Create(number));
        }

        batch.WriteByte((byte)']');
        return count;
    }

    private static bool Check(HttpAnswer answer, int events)
    {
        var receipts = answer.Body.Span;
        var accepted = receipts.Count("\"accepted\":true"u8);
        return answer.Status == 202 && accepted == events ? true : throw new WrongOutcomeException(
            $"The bus answered {answer.Status} and accepted {accepted} of {events} events: {Encoding.UTF8.GetString(receipts[..Math.Min(500, receipts.Length)])}");
    }

    private async Task<bool> PostAsync(byte[] body, string mediaType, Func<HttpAnswer, bool> read, CancellationToken cancellationToken)
    {
        var token = await authentication.GetAccessTokenAsync(cancellationToken);
        if (!_idle.TryTake(out var connection))
            connection = await HttpConnection.OpenAsync(bus, cancellationToken);
        try
        {
            var result = read(await connection.PostAsync(token, mediaType, body, cancellationToken));
            _idle.Add(connection);
            return result;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
