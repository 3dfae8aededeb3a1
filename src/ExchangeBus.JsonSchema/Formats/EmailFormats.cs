namespace ExchangeBus.JsonSchema.Formats;

/// <summary>Mailboxes of RFC 5321, section 4.1.2, and with Unicode those of RFC 6531.</summary>
internal static class EmailFormats
{
    private const int MaxLocalPart = 64;

    public static bool IsEmail(ReadOnlySpan<byte> text) => IsMailbox(text, allowsUnicode: false);

    public static bool IsIdnEmail(ReadOnlySpan<byte> text) => IsMailbox(text, allowsUnicode: true);

    private static bool IsMailbox(ReadOnlySpan<byte> text, bool allowsUnicode)
    {
        var at = text.LastIndexOf((byte)'@');
        if (at is < 1 or > MaxLocalPart) return false;
        var local = text[..at];
        var isQuoted = local.Length >= 2 && local[0] == (byte)'"' && local[^1] == (byte)'"';
        if (!(isQuoted ? IsQuoted(local[1..^1], allowsUnicode) : IsDotString(local, allowsUnicode))) return false;
        var domain = text[(at + 1)..];
        if (domain.StartsWith("["u8) && domain.EndsWith("]"u8))
        {
            var literal = domain[1..^1];
            return literal.StartsWith("IPv6:"u8) ? AddressFormats.IsIpv6(literal[5..]) : AddressFormats.IsIpv4(literal);
        }

        return allowsUnicode ? HostnameFormats.IsIdnHostname(domain) : HostnameFormats.IsHostname(domain);
    }

    private static bool IsDotString(ReadOnlySpan<byte> text, bool allowsUnicode)
    {
        if (text[0] == (byte)'.' || text[^1] == (byte)'.' || text.IndexOf(".."u8) >= 0) return false;
        foreach (var one in text)
        {
            var isAtom = char.IsAsciiLetterOrDigit((char)one) || "!#$%&'*+-/=?^_`{|}~."u8.Contains(one) || (one >= 0x80 && allowsUnicode);
            if (!isAtom) return false;
        }

        return true;
    }

    private static bool IsQuoted(ReadOnlySpan<byte> text, bool allowsUnicode)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == (byte)'\\' && ++index == text.Length) return false;
            else if (text[index] == (byte)'"' && text[index - 1] != (byte)'\\') return false;
            if (text[index] is < 0x20 or 0x7F || (text[index] >= 0x80 && !allowsUnicode)) return false;
        }

        return true;
    }
}
