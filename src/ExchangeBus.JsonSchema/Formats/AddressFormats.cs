namespace ExchangeBus.JsonSchema.Formats;

/// <summary>IP addresses: dotted quads of RFC 2673, section 3.2, and RFC 4291, section 2.2.</summary>
internal static class AddressFormats
{
    private const int Groups = 8;

    public static bool IsIpv4(ReadOnlySpan<byte> text)
    {
        for (var part = 0; part < 4; part++)
        {
            var length = part < 3 ? text.IndexOf((byte)'.') : text.Length;
            if (length is < 1 or > 3 || (length > 1 && text[0] == (byte)'0')) return false;
            var value = 0;
            foreach (var one in text[..length])
            {
                if (!char.IsAsciiDigit((char)one)) return false;
                value = (value * 10) + one - '0';
            }

            if (value > 255) return false;
            if (part < 3) text = text[(length + 1)..];
        }

        return true;
    }

    public static bool IsIpv6(ReadOnlySpan<byte> text)
    {
        var groups = 0;
        var isShortened = false;
        if (text.StartsWith("::"u8))
        {
            isShortened = true;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            var length = text.IndexOf((byte)':');
            if (length < 0 && text.Contains((byte)'.')) return IsIpv4(text) && Fits(groups + 2, isShortened);
            var group = length < 0 ? text : text[..length];
            if (group.Length is < 1 or > 4 || !IsHex(group)) return false;
            groups++;
            if (length < 0) break;
            text = text[(length + 1)..];
            if (text.IsEmpty) return false;
            if (text[0] != (byte)':') continue;
            if (isShortened) return false;
            isShortened = true;
            text = text[1..];
        }

        return Fits(groups, isShortened);
    }

    public static bool IsHex(ReadOnlySpan<byte> text)
    {
        foreach (var one in text)
        {
            if (!char.IsAsciiHexDigit((char)one)) return false;
        }

        return true;
    }

    private static bool Fits(int groups, bool isShortened) => isShortened ? groups < Groups : groups == Groups;
}
