using System.Text;

namespace ExchangeBus.Checks.Rules.Text;

/// <summary>How long a text of JSON is.</summary>
internal static class TextLength
{
    /// <summary>Whether a text has more UTF-16 characters than a limit.</summary>
    /// <param name="raw">The text in JSON, without its quotation marks; escapes are well formed.</param>
    /// <param name="limit">Characters.</param>
    internal static bool Exceeds(ReadOnlySpan<byte> raw, int limit) =>
        // No character is written in less than one byte.
        raw.Length > limit && Of(raw) > limit;

    private static int Of(ReadOnlySpan<byte> raw)
    {
        var length = Encoding.UTF8.GetCharCount(raw);
        for (int at; (at = raw.IndexOf((byte)'\\')) >= 0;)
        {
            // RFC 8259, section 7: \uXXXX is one UTF-16 unit, every other escape is one letter behind the backslash.
            var escape = raw[at + 1] == 'u' ? 6 : 2;
            length -= escape - 1;
            raw = raw[(at + escape)..];
        }

        return length;
    }
}
