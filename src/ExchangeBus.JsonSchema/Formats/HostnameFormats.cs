namespace ExchangeBus.JsonSchema.Formats;

/// <summary>Host names of RFC 1123, section 2.1.</summary>
internal static class HostnameFormats
{
    public const int MaxName = 253;
    public const int MaxLabel = 63;

    public static bool IsHostname(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxName) return false;
        while (true)
        {
            var dot = text.IndexOf((byte)'.');
            if (!IsLabel(dot < 0 ? text : text[..dot])) return false;
            if (dot < 0) return true;
            text = text[(dot + 1)..];
        }
    }

    public static bool IsLabel(ReadOnlySpan<byte> label)
    {
        if (label.Length is < 1 or > MaxLabel || label[0] == (byte)'-' || label[^1] == (byte)'-') return false;
        foreach (var one in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)one) && one != (byte)'-') return false;
        }

        return true;
    }
}
