using System.Text;
using RabbitMQ.Client;

namespace ExchangeBus.Platform;

/// <summary>What the broker says of a message that it has put among the dead letters.</summary>
/// <param name="Queue">The queue that it came from.</param>
/// <param name="Reason">The broker's word: <c>rejected</c>, <c>delivery_limit</c>, <c>expired</c>, <c>maxlen</c>.</param>
/// <param name="At">When, in whole seconds; null when the broker does not say.</param>
/// <param name="Returns">How often it went back to the queue before; null when the broker does not say.</param>
internal sealed record Death(string Queue, string Reason, DateTimeOffset? At, long? Returns)
{
    /// <summary>
    /// Reads <c>x-death</c>. The newest entry stands first and is the broker's own; what stands behind it may have been written by whoever published the message.
    /// Null when there is none.
    /// </summary>
    internal static Death? Of(IReadOnlyBasicProperties properties)
    {
        if (properties.Headers is not { } headers || !headers.TryGetValue("x-death", out var value) || value is not IList<object?> { Count: > 0 } deaths
            || deaths[0] is not IDictionary<string, object?> newest || Text(newest, "queue") is not { } queue || Text(newest, "reason") is not { } reason)
        {
            return null;
        }

        var at = newest.TryGetValue("time", out var time) && time is AmqpTimestamp stamp ? DateTimeOffset.FromUnixTimeSeconds(stamp.UnixTime) : (DateTimeOffset?)null;
        return new Death(queue, reason, at, headers.TryGetValue("x-delivery-count", out var returns) ? Number(returns) : null);
    }

    private static string? Text(IDictionary<string, object?> entry, string name) => entry.TryGetValue(name, out var value) ? value switch
    {
        byte[] utf8 => Encoding.UTF8.GetString(utf8),
        string text => text,
        _ => null,
    } : null;

    private static long? Number(object? value) => value switch
    {
        long number => number,
        int number => number,
        short number => number,
        byte number => number,
        _ => null,
    };
}
