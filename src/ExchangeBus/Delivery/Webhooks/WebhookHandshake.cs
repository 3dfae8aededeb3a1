using System.Globalization;
using System.Net.Http.Headers;
using ExchangeBus.Delivery.Webhooks.Sending;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Delivery.Webhooks;

/// <summary>What a receiver says to the question whether it may be called.</summary>
/// <param name="IsGranted">Whether it allows deliveries.</param>
/// <param name="RequestsPerMinute">What it allows; null for as many as one likes.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Status">HTTP status, or null when no answer came. It decides nothing: any site answers OPTIONS somehow.</param>
/// <param name="Failure">Why it is not granted, or null.</param>
internal sealed record HandshakeOutcome(bool IsGranted, int? RequestsPerMinute, DateTimeOffset At, int? Status, AttemptFailure? Failure);

/// <summary>
/// Asks an address whether it expects deliveries, so that nobody can aim the bus at somebody else (CloudEvents HTTP webhook 1.0, section 4).
/// </summary>
internal sealed class WebhookHandshake(WebhookTransport transport, IOptions<WebhooksOptions> options, TimeProvider time)
{
    internal const string RequestOrigin = "WebHook-Request-Origin";

    private readonly string _origin = options.Value.Origin;

    /// <param name="endpoint">Its <see cref="WebhookEndpoint.RequestsPerMinute"/>, when set, is asked for.</param>
    /// <param name="callback">Where the receiver may grant later by GET or POST, an address that only it can guess; null when it must grant at once.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<HandshakeOutcome> AskAsync(WebhookEndpoint endpoint, Uri? callback, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Options, endpoint.Address);
        request.Headers.TryAddWithoutValidation(RequestOrigin, _origin);
        if (endpoint.RequestsPerMinute is { } rate)
            request.Headers.TryAddWithoutValidation("WebHook-Request-Rate", rate.ToString(CultureInfo.InvariantCulture));
        if (callback is not null)
            request.Headers.TryAddWithoutValidation("WebHook-Request-Callback", callback.AbsoluteUri);

        var (answer, failure) = await transport.ExchangeAsync(request, endpoint.TimeLimit, cancellationToken);
        using (answer)
            return answer is null ? new HandshakeOutcome(false, null, now, null, failure) : Judge(answer, endpoint.RequestsPerMinute, now);
    }

    /// <summary>Reads <c>WebHook-Allowed-Rate</c>, of an answer or of a callback.</summary>
    /// <param name="value">The header; null when it is missing, which allows what was asked for (section 4.2.2).</param>
    /// <param name="asked">Requests a minute that were asked for, or null.</param>
    /// <param name="requestsPerMinute">What is allowed; null for as many as one likes. More than was asked for is not taken.</param>
    /// <returns>False when it is neither a positive integer nor <c>*</c>.</returns>
    internal static bool TryReadRate(string? value, int? asked, out int? requestsPerMinute)
    {
        requestsPerMinute = asked;
        var text = value?.Trim();
        if (text is null or "*")
            return true;
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9') || text.AsSpan().TrimStart('0').IsEmpty)
            return false;
        var allowed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, WebhookEndpoint.MostRate) : WebhookEndpoint.MostRate;
        requestsPerMinute = Math.Min(allowed, asked ?? allowed);
        return true;
    }

    private HandshakeOutcome Judge(HttpResponseMessage answer, int? asked, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        if (status is >= 300 and <= 399)
            return new HandshakeOutcome(false, null, now, status, AttemptFailure.Redirect);
        var origin = Single(answer.Headers, "WebHook-Allowed-Origin")?.Trim();
        if (origin != "*" && !string.Equals(origin, _origin, StringComparison.OrdinalIgnoreCase))
            return new HandshakeOutcome(false, null, now, status, AttemptFailure.NotGranted);
        return TryReadRate(Single(answer.Headers, "WebHook-Allowed-Rate"), asked, out var rate)
            ? new HandshakeOutcome(true, rate, now, status, null)
            : new HandshakeOutcome(false, null, now, status, AttemptFailure.RateMalformed);
    }

    // Two values are no value of either rule: joined they match nothing.
    private static string? Single(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
