using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ExchangeBus.Contracts;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Client.Publishing;

/// <summary>Sends events to the bus over HTTP and returns its receipts. Sending an event again is always safe.</summary>
public sealed class EventPublisher(HttpClient http, IOptions<ClientOptions> options)
{
    /// <summary>Sends events in order, at most 500, and returns one receipt for each.</summary>
    /// <exception cref="HttpRequestException">The bus was not reached, or cannot take events now; nothing is known, so send again.</exception>
    public async Task<IReadOnlyList<Receipt>> PublishAsync(IReadOnlyList<CloudEvent> events, CancellationToken cancellationToken = default) =>
        await PublishAsync(events.Select(CloudEventJson.Write).ToArray(), cancellationToken);

    internal async Task<IReadOnlyList<Receipt>> PublishAsync(IReadOnlyList<byte[]> events, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Value.BusAddress!, "events"))
        {
            Content = new ByteArrayContent(Join(events)) { Headers = { ContentType = new MediaTypeHeaderValue(CloudEventJson.BatchMediaType) } },
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", options.Value.Key) },
        };
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.MultiStatus))
            throw new HttpRequestException($"The bus answered {(int)response.StatusCode}.", null, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json, cancellationToken)
            ?? throw new HttpRequestException("The bus answered without receipts.");
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
