using System.Buffers;
using System.Globalization;
using System.Text;

namespace ExchangeBus.Delivery.Webhooks.Signing;

/// <summary>The header <c>webhook-signature</c>: one signature for each key, so that a receiver may change keys at any moment of the overlap.</summary>
internal static class WebhookSignature
{
    private const int LongestTimestamp = 20;

    /// <summary>Signs <c>id.timestamp.body</c> with every key that is valid now (Standard Webhooks, "Signature scheme").</summary>
    /// <param name="timestamp">Seconds since 1970-01-01 UTC, as the header <c>webhook-timestamp</c> has them.</param>
    /// <returns>Null when no key is valid now.</returns>
    internal static string? Write(IReadOnlyList<WebhookSecret> secrets, DateTimeOffset now, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var length = -1;
        foreach (var secret in secrets)
            length += secret.IsValidAt(now) ? secret.HeaderLength + 1 : 0;
        if (length < 0)
            return null;

        // One block: neither HMAC in one call nor Ed25519 takes its content in parts.
        var rented = ArrayPool<byte>.Shared.Rent(id.Length + LongestTimestamp + 2 + body.Length);
        try
        {
            var content = rented.AsSpan(0, Compose(rented, id, timestamp, body));
            var header = length <= 512 ? stackalloc char[length] : new char[length];
            var at = 0;
            foreach (var secret in secrets)
            {
                if (!secret.IsValidAt(now))
                    continue;
                if (at > 0)
                    header[at++] = ' ';
                secret.Write(content, header.Slice(at, secret.HeaderLength));
                at += secret.HeaderLength;
            }

            return new string(header);
        }
        finally
        {
            // What others rent next must not find a citizen's data in it.
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private static int Compose(Span<byte> content, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var at = Encoding.ASCII.GetBytes(id, content);
        content[at++] = (byte)'.';
        timestamp.TryFormat(content[at..], out var written, default, CultureInfo.InvariantCulture);
        at += written;
        content[at++] = (byte)'.';
        body.CopyTo(content[at..]);
        return at + body.Length;
    }
}
