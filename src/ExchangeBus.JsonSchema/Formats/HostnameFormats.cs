using System.Text;

namespace ExchangeBus.JsonSchema.Formats;

/// <summary>Host names of RFC 1123, section 2.1, and internationalized ones of RFC 5890.</summary>
internal static class HostnameFormats
{
    private const int MaxName = 253;
    private const int MaxLabel = 63;
    private const string Prefix = "xn--";

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

    public static bool IsIdnHostname(ReadOnlySpan<byte> text)
    {
        // Each code point takes at least one byte of the ASCII form.
        if (text.Length > MaxName * 4) return false;
        var labels = Encoding.UTF8.GetString(text).Split('.', '\u3002', '\uFF0E', '\uFF61');
        var length = labels.Length - 1;
        var decoded = new List<IReadOnlyList<int>>();
        foreach (var label in labels)
        {
            if (Decode(label) is not { } codePoints || !IdnaLabel.IsULabel(codePoints)) return false;
            var encoded = codePoints.All(one => one < 0x80) ? codePoints.Count : Prefix.Length + Punycode.Encode(codePoints).Length;
            if (encoded > MaxLabel) return false;
            length += encoded;
            decoded.Add(codePoints);
        }

        return length <= MaxName && (!decoded.Any(BidiRule.IsRightToLeft) || decoded.All(BidiRule.Holds));
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        if (label.Length is < 1 or > MaxLabel || label[0] == (byte)'-' || label[^1] == (byte)'-') return false;
        foreach (var one in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)one) && one != (byte)'-') return false;
        }

        if (label.Length < 4 || label[2] != (byte)'-' || label[3] != (byte)'-' || (label[0] | 0x20) != (byte)'x' || (label[1] | 0x20) != (byte)'n') return true;
        return Decode(Encoding.ASCII.GetString(label)) is { } codePoints && IdnaLabel.IsULabel(codePoints)
            && (!BidiRule.IsRightToLeft(codePoints) || BidiRule.Holds(codePoints));
    }

    /// <summary>Code points of a label; null for an A-label that is not the one encoding of what it decodes to (RFC 5891, section 5.4).</summary>
    private static List<int>? Decode(string label)
    {
        if (!label.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return label.EnumerateRunes().Select(rune => rune.Value).ToList();
        var encoded = label[Prefix.Length..].ToLowerInvariant();
        var decoded = Punycode.Decode(encoded);
        return decoded is not null && decoded.Any(one => one >= 0x80) && Punycode.Encode(decoded) == encoded ? decoded : null;
    }
}
