using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ExchangeBus.Log;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>What a delivery must stay in order with: all events with the same <c>partitionkey</c>.</summary>
internal static class OrderKey
{
    // A key is short; one that is not must not be too long for an index.
    private const int Longest = 64;

    /// <summary>The attribute as it stands in the envelope. Sources that share one are held back together, which does no harm.</summary>
    internal static string Of(LoggedEvent logged)
    {
        // No value can hold this text: a quote in a value is escaped.
        var name = ",\"partitionkey\":\""u8;
        var at = logged.Envelope.AsSpan().IndexOf(name);
        if (at < 0)
            return OfItsOwn(logged);
        var text = logged.Envelope.AsSpan(at + name.Length);
        var end = 0;
        while (text[end] != (byte)'"')
            end += text[end] == (byte)'\\' ? 2 : 1;
        text = text[..end];
        return end <= Longest ? Encoding.UTF8.GetString(text) : Convert.ToHexStringLower(SHA256.HashData(text));
    }

    /// <summary>For a subscription that wants no order: nothing is held back behind anything.</summary>
    internal static string OfItsOwn(LoggedEvent logged) => string.Create(CultureInfo.InvariantCulture, $"\n{logged.Sequence}");
}
