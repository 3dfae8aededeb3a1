using System.Net.Http.Json;
using ExchangeBus.Contracts;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Client.Subscribing;

/// <summary>Asks the bus where the chain of deliveries goes on, at most once a second while it is broken.</summary>
internal sealed class GapReporter(HttpClient http, IOptions<ClientOptions> options, TimeProvider time)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private long _askedAt;

    /// <summary>Null when it was asked a moment ago; then what comes is to be dropped until the bus delivers again.</summary>
    /// <exception cref="HttpRequestException">The bus was not reached or does not know the subscription.</exception>
    internal async Task<GapAnswer?> AskAsync(string subscription, int partition, long missing, CancellationToken cancellationToken)
    {
        if (_askedAt != 0 && time.GetElapsedTime(_askedAt) < AskEvery)
            return null;
        _askedAt = time.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Value.BusAddress!, "delivery-gaps"))
        {
            Content = JsonContent.Create(new DeliveryGap(subscription, partition, missing), options: EventData.Json),
        };
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<GapAnswer>(EventData.Json, cancellationToken);
    }
}
