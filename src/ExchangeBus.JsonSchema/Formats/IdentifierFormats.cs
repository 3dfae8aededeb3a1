using System.Text;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.JsonSchema.Formats;

/// <summary>UUIDs (RFC 4122), JSON pointers (RFC 6901), relative ones, and patterns.</summary>
internal static class IdentifierFormats
{
    public static bool IsUuid(ReadOnlySpan<byte> text)
    {
        if (text.Length != 36) return false;
        for (var index = 0; index < text.Length; index++)
        {
            if (index is 8 or 13 or 18 or 23 ? text[index] != (byte)'-' : !char.IsAsciiHexDigit((char)text[index])) return false;
        }

        return true;
    }

    public static bool IsJsonPointer(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return true;
        if (text[0] != (byte)'/') return false;
        for (var tilde = text.IndexOf((byte)'~'); tilde >= 0; tilde = text.IndexOf((byte)'~'))
        {
            if (tilde + 1 >= text.Length || text[tilde + 1] is not ((byte)'0' or (byte)'1')) return false;
            text = text[(tilde + 2)..];
        }

        return true;
    }

    public static bool IsRelativeJsonPointer(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (end < 0) end = text.Length;
        if (end == 0 || (end > 1 && text[0] == (byte)'0')) return false;
        var rest = text[end..];
        return rest.SequenceEqual("#"u8) || IsJsonPointer(rest);
    }

    public static bool IsRegex(ReadOnlySpan<byte> text) => PatternCompiler.IsPattern(Encoding.UTF8.GetString(text));
}
