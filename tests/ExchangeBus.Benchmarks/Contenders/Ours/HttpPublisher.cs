using System.Net;
using System.Net.Http.Headers;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.Contracts;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>An agency that publishes over HTTP with keep-alive and reads every receipt.</summary>
internal sealed class HttpPublisher(HttpClient client) : IDisposable
{
    private static readonly MediaTypeHeaderValue Structured = new(CloudEventJson.MediaType);
    private static readonly MediaTypeHeaderValue Batched = new(CloudEventJson.BatchMediaType);

    /// <summary>One event per request until the ledger's time is over.</summary>
    internal Task PublishSinglyAsync(Ledger ledger, int callers, CancellationToken cancellationToken) =>
        Callers.RunAsync(callers, async () =>
        {
            while (ledger.TryTake(out var number))
                await PostAsync(BirthEvent.Create(number), Structured, 1, cancellationToken);
        });

    /// <summary>Batches of <paramref name="size"/> events until the ledger's time is over.</summary>
    internal Task PublishInBatchesAsync(Ledger ledger, int callers, int size, CancellationToken cancellationToken) =>
        Callers.RunAsync(callers, async () =>
        {
            using var batch = new MemoryStream(size * (BirthEvent.Length + 1) + 2);
            while (Fill(batch, ledger, size) is > 0 and var count)
                await PostAsync(batch.ToArray(), Batched, count, cancellationToken);
        });

    /// <summary>One event.</summary>
    internal Task PublishOneAsync(long number, CancellationToken cancellationToken) => PostAsync(BirthEvent.Create(number), Structured, 1, cancellationToken);

    /// <summary>One event; false when the bus turned it away for now.</summary>
    internal async Task<bool> TryPublishAsync(long number, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(BirthEvent.Create(number));
        content.Headers.ContentType = Structured;
        using var answer = await client.PostAsync(new Uri("events", UriKind.Relative), content, cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.Accepted => true,
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable when answer.Headers.RetryAfter is not null => false,
            _ => throw new WrongOutcomeException($"The bus answered {(int)answer.StatusCode}."),
        };
    }

    public void Dispose() => client.Dispose();

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

    private async Task PostAsync(byte[] body, MediaTypeHeaderValue mediaType, int events, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = mediaType;
        using var answer = await client.PostAsync(new Uri("events", UriKind.Relative), content, cancellationToken);
        var receipts = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var accepted = receipts.AsSpan().Count("\"accepted\":true"u8);
        if (answer.StatusCode != HttpStatusCode.Accepted || accepted != events)
            throw new WrongOutcomeException($"The bus answered {(int)answer.StatusCode} and accepted {accepted} of {events} events: {System.Text.Encoding.UTF8.GetString(receipts.AsSpan(0, Math.Min(500, receipts.Length)))}");
    }
}
