using System.Text;

namespace ExchangeBus.JsonSchema.Formats;

/// <summary>URIs of RFC 3986 and IRIs of RFC 3987, by their grammar; no scheme's own rules.</summary>
internal static class UriFormats
{
    public static bool IsUri(ReadOnlySpan<byte> text) => Scheme(text) is var length and > 0 && HasBody(text[(length + 1)..], UriText.Ascii);

    public static bool IsIri(ReadOnlySpan<byte> text) => Scheme(text) is var length and > 0 && HasBody(text[(length + 1)..], UriText.International);

    public static bool IsUriReference(ReadOnlySpan<byte> text) => IsReference(text, UriText.Ascii);

    public static bool IsIriReference(ReadOnlySpan<byte> text) => IsReference(text, UriText.International);

    private static bool IsReference(ReadOnlySpan<byte> text, UriText allowed)
    {
        if (Scheme(text) is var length and > 0) return HasBody(text[(length + 1)..], allowed);

        // Without a scheme a colon in the first segment would read as one (RFC 3986, section 4.2).
        var first = text.IndexOfAny("/?#"u8);
        return !(first < 0 ? text : text[..first]).Contains((byte)':') && HasBody(text, allowed);
    }

    /// <summary>Length of the scheme before its colon, or 0.</summary>
    private static int Scheme(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        if (colon < 1 || !char.IsAsciiLetter((char)text[0])) return 0;
        foreach (var one in text[..colon])
        {
            if (!char.IsAsciiLetterOrDigit((char)one) && one is not ((byte)'+' or (byte)'-' or (byte)'.')) return 0;
        }

        return colon;
    }

    private static bool HasBody(ReadOnlySpan<byte> text, UriText allowed)
    {
        var fragment = text.IndexOf((byte)'#');
        if (fragment >= 0)
        {
            if (!allowed.Covers(text[(fragment + 1)..], "!$&'()*+,;=:@/?"u8)) return false;
            text = text[..fragment];
        }

        var query = text.IndexOf((byte)'?');
        if (query >= 0)
        {
            if (!allowed.InQuery().Covers(text[(query + 1)..], "!$&'()*+,;=:@/?"u8)) return false;
            text = text[..query];
        }

        if (text.StartsWith("//"u8))
        {
            text = text[2..];
            var slash = text.IndexOf((byte)'/');
            if (!IsAuthority(slash < 0 ? text : text[..slash], allowed)) return false;
            text = slash < 0 ? [] : text[slash..];
        }

        return allowed.Covers(text, "!$&'()*+,;=:@/"u8);
    }

    private static bool IsAuthority(ReadOnlySpan<byte> text, UriText allowed)
    {
        var at = text.LastIndexOf((byte)'@');
        if (at >= 0)
        {
            if (!allowed.Covers(text[..at], "!$&'()*+,;=:"u8)) return false;
            text = text[(at + 1)..];
        }

        if (text.StartsWith("["u8))
        {
            var end = text.IndexOf((byte)']');
            return end > 0 && IsLiteral(text[1..end]) && (end + 1 == text.Length || IsPort(text[(end + 1)..]));
        }

        var colon = text.IndexOf((byte)':');
        if (colon >= 0 && !IsPort(text[colon..])) return false;
        return allowed.Covers(colon < 0 ? text : text[..colon], "!$&'()*+,;="u8);
    }

    private static bool IsPort(ReadOnlySpan<byte> text) => text[0] == (byte)':' && text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static bool IsLiteral(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || (text[0] | 0x20) != (byte)'v') return AddressFormats.IsIpv6(text);
        var point = text.IndexOf((byte)'.');
        return point > 1 && AddressFormats.IsHex(text[1..point]) && point + 1 < text.Length
            && !text[(point + 1)..].Contains((byte)'%') && UriText.Ascii.Covers(text[(point + 1)..], "!$&'()*+,;=:"u8);
    }
}

/// <summary>Which characters a part of a URI may have beside unreserved ones and percent escapes.</summary>
internal readonly record struct UriText(bool AllowsUnicode, bool AllowsPrivate)
{
    public static UriText Ascii => new(false, false);

    public static UriText International => new(true, false);

    public UriText InQuery() => this with { AllowsPrivate = AllowsUnicode };

    public bool Covers(ReadOnlySpan<byte> text, ReadOnlySpan<byte> reserved)
    {
        while (!text.IsEmpty)
        {
            var one = text[0];
            var used = 1;
            if (one == (byte)'%')
            {
                if (text.Length < 3 || !AddressFormats.IsHex(text.Slice(1, 2))) return false;
                used = 3;
            }
            else if (one >= 0x80)
            {
                Rune.DecodeFromUtf8(text, out var rune, out used);
                if (!AllowsUnicode || !IsInternational(rune.Value)) return false;
            }
            else if (!char.IsAsciiLetterOrDigit((char)one) && !"-._~"u8.Contains(one) && !reserved.Contains(one))
            {
                return false;
            }

            text = text[used..];
        }

        return true;
    }

    // ucschar and iprivate of RFC 3987, section 2.2.
    private bool IsInternational(int codePoint) => codePoint switch
    {
        < 0xA0 => false,
        >= 0xE000 and <= 0xF8FF or >= 0xF0000 => AllowsPrivate && (codePoint & 0xFFFE) != 0xFFFE,
        >= 0xFDD0 and <= 0xFDEF or >= 0xFFF0 and <= 0xFFFF => false,
        >= 0xE0000 and < 0xE1000 => false,
        _ => (codePoint & 0xFFFE) != 0xFFFE,
    };
}
