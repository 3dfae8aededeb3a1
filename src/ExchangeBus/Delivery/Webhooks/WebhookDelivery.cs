using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExchangeBus.Delivery.Webhooks;

/// <summary>What is sent: the same id and the same bytes at every attempt.</summary>
internal sealed class WebhookDelivery
{
    private const int IdHashBytes = 9;

    private WebhookDelivery(string id, ReadOnlyMemory<byte> body) => (Id, Body) = (id, body);

    /// <summary>The header <c>webhook-id</c>, by which receivers know a repeat.</summary>
    internal string Id { get; }

    /// <summary>The event in the JSON format of CloudEvents, in UTF-8.</summary>
    internal ReadOnlyMemory<byte> Body { get; }

    /// <summary>The delivery of a position of the log to a subscription.</summary>
    internal static WebhookDelivery Of(string subscription, long sequence, ReadOnlyMemory<byte> body)
    {
        // Only letters, digits, '-' and '_': a full stop in an id could move the border to the timestamp in what is signed
        // (Standard Webhooks, "Signature scheme"), and names of subscriptions have full stops.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(subscription), hash);
        return new WebhookDelivery($"msg_{Base64Url.EncodeToString(hash[..IdHashBytes])}_{sequence.ToString(CultureInfo.InvariantCulture)}", body);
    }

    /// <summary>With an id that was given before.</summary>
    /// <exception cref="ArgumentException">The id is not 1 to 128 letters, digits, <c>-</c> and <c>_</c> of ASCII.</exception>
    internal static WebhookDelivery WithId(string id, ReadOnlyMemory<byte> body) =>
        id is { Length: >= 1 and <= 128 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? new WebhookDelivery(id, body)
            : throw new ArgumentException("The id of a delivery has 1 to 128 letters, digits, '-' and '_' of ASCII.", nameof(id));
}
