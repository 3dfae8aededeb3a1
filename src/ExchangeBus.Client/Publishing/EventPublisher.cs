using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ExchangeBus.Client.Authentication;
using ExchangeBus.Contracts;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Client.Publishing;

/// <summary>Sends events to the bus over HTTP and returns its receipts. Sending an event again is always safe.</summary>
public sealed class EventPublisher
{
    private readonly HttpClient _http;
    private readonly IOptions<ClientOptions> _options;
    private readonly ClientKey _key;

    internal EventPublisher(HttpClient http, IOptions<ClientOptions> options, ClientKey key) => (_http, _options, _key) = (http, options, key);

    /// <summary>Sends events in order, at most 500, and returns one receipt for each.</summary>
    /// <exception cref="HttpRequestException">The bus was not reached, or cannot take events now; nothing is known, so send again.</exception>
    public async Task<IReadOnlyList<Receipt>> PublishAsync(IReadOnlyList<CloudEvent> events, CancellationToken cancellationToken = default) =>
        await PublishAsync(events.Select(CloudEventJson.Write).ToArray(), cancellationToken);

    internal async Task<IReadOnlyList<Receipt>> PublishAsync(IReadOnlyList<byte[]> events, CancellationToken cancellationToken)
    {
        if (_options.Value.SignEvents)
            events = [.. events.Select(Sign)];
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.Value.BusAddress!, "events"))
        {
            Content = new ByteArrayContent(Join(events)) { Headers = { ContentType = new MediaTypeHeaderValue(CloudEventJson.BatchMediaType) } },
        };
        using var response = await _http.SendAsync(request, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.MultiStatus))
            throw await BusAnswerException.ReadAsync(response, cancellationToken);
        return await response.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json, cancellationToken)
            ?? throw new HttpRequestException("The bus answered without receipts.");
    }

    /// <summary>What became of an event of this system; null when the bus does not know it.</summary>
    /// <exception cref="HttpRequestException">The bus was not reached, or cannot say now.</exception>
    internal async Task<Receipt?> FindReceiptAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(_options.Value.BusAddress!, $"receipts/{Uri.EscapeDataString(id)}"), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (response.StatusCode != HttpStatusCode.OK)
            throw await BusAnswerException.ReadAsync(response, cancellationToken);
        return await response.Content.ReadFromJsonAsync<Receipt>(EventData.Json, cancellationToken)
            ?? throw new HttpRequestException("The bus answered without a receipt.");
    }

    // When it is sent, not when it is written down: by the key of today, also after a long wait in the outbox.
    private byte[] Sign(byte[] written)
    {
        try
        {
            return CloudEventJson.Write(EventSignature.Sign(CloudEventJson.Read(written), _key.Current));
        }
        catch (CanonicalJsonException)
        {
            // It goes without: the bus refuses it where a signature is asked for, and says so.
            return written;
        }
    }

    private static byte[] Join(IReadOnlyList<byte[]> events)
    {
        var joined = new byte[events.Sum(e => e.Length + 1) + 1];
        var at = 0;
        foreach (var written in events)
        {
            joined[at] = (byte)(at == 0 ? '[' : ',');
            written.CopyTo(joined, at + 1);
            at += written.Length + 1;
        }

        joined[at] = (byte)']';
        return joined;
    }
}
