using System.Text;

namespace ExchangeBus.JsonSchema.Formats;

/// <summary>URI templates of RFC 6570, section 2, up to level 4.</summary>
internal static class UriTemplateFormat
{
    private const int MaxPrefixDigits = 4;

    public static bool IsUriTemplate(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (text[0] == (byte)'{')
            {
                var end = text.IndexOf((byte)'}');
                if (end < 0 || !IsExpression(text[1..end])) return false;
                text = text[(end + 1)..];
            }
            else
            {
                var used = Literal(text);
                if (used == 0) return false;
                text = text[used..];
            }
        }

        return true;
    }

    private static int Literal(ReadOnlySpan<byte> text)
    {
        var one = text[0];
        if (one == (byte)'%') return IsEscape(text) ? 3 : 0;
        if (one < 0x80) return one <= 0x20 || one == 0x7F || "\"<>\\^`|}"u8.Contains(one) ? 0 : 1;
        Rune.DecodeFromUtf8(text, out var rune, out var used);
        return rune.Value >= 0xA0 ? used : 0;
    }

    private static bool IsExpression(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && "+#./;?&"u8.Contains(text[0])) text = text[1..];
        while (true)
        {
            var comma = text.IndexOf((byte)',');
            if (!IsVariable(comma < 0 ? text : text[..comma])) return false;
            if (comma < 0) return true;
            text = text[(comma + 1)..];
        }
    }

    private static bool IsVariable(ReadOnlySpan<byte> text)
    {
        if (text.EndsWith("*"u8)) text = text[..^1];
        else if (text.IndexOf((byte)':') is var colon and >= 0)
        {
            var digits = text[(colon + 1)..];
            if (digits.Length is < 1 or > MaxPrefixDigits || digits[0] == (byte)'0' || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
            text = text[..colon];
        }

        var isPartOpen = true;
        while (!text.IsEmpty)
        {
            var one = text[0];
            if (one == (byte)'.')
            {
                if (isPartOpen) return false;
                isPartOpen = true;
                text = text[1..];
                continue;
            }

            if (one != (byte)'%' && one != (byte)'_' && !char.IsAsciiLetterOrDigit((char)one)) return false;
            if (one == (byte)'%' && !IsEscape(text)) return false;
            isPartOpen = false;
            text = text[(one == (byte)'%' ? 3 : 1)..];
        }

        return !isPartOpen;
    }

    private static bool IsEscape(ReadOnlySpan<byte> text) => text.Length >= 3 && AddressFormats.IsHex(text.Slice(1, 2));
}
