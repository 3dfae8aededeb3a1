using System.Text.Json;
using Npgsql;

namespace ExchangeBus.Client.Publishing;

/// <summary>What passes by itself: the bus or the agency's database is away, or the bus asks for patience.</summary>
internal static class Outage
{
    /// <summary>Longest that the bus is believed when it says how long to wait; then it is asked again.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    internal static bool IsOne(Exception e, CancellationToken stopping) =>
        e is HttpRequestException or NpgsqlException or IOException or TimeoutException or JsonException
        || (e is OperationCanceledException && !stopping.IsCancellationRequested);

    /// <summary>How long to wait: what the bus said in <c>Retry-After</c> (RFC 9110, section 10.2.3), at least <paramref name="atLeast"/>, at most <see cref="LongestWait"/>.</summary>
    internal static TimeSpan WaitAfter(Exception e, TimeSpan atLeast, DateTimeOffset now)
    {
        var said = (e as BusAnswerException)?.RetryAfter;
        var wait = said?.Delta ?? (said?.Date - now) ?? atLeast;
        return wait < atLeast ? atLeast : wait > LongestWait ? LongestWait : wait;
    }
}
