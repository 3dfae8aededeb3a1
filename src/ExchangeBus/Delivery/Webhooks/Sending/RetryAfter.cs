using System.Globalization;
using System.Net.Http.Headers;

namespace ExchangeBus.Delivery.Webhooks.Sending;

/// <summary>The header <c>Retry-After</c> (RFC 9110, section 10.2.3): seconds, or a date in any of the three forms of HTTP.</summary>
internal static class RetryAfter
{
    /// <summary>More would end a subscription by the back door.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Before when not to try again: at most 24 h from now, never in the past. Null when nothing readable is asked.</summary>
    internal static DateTimeOffset? Read(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.NonValidated.TryGetValues("Retry-After", out var values) && values.FirstOrDefault() is { } value ? Read(value, now) : null;

    internal static DateTimeOffset? Read(string value, DateTimeOffset now)
    {
        var text = value.AsSpan().Trim();
        TimeSpan wait;
        if (!text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9'))
        {
            wait = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < Longest.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : Longest;
        }
        else if (RetryConditionHeaderValue.TryParse(value, out var parsed) && parsed.Date is { } date)
        {
            wait = date - now;
        }
        else
        {
            return null;
        }

        return now + TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, Longest.Ticks));
    }
}
