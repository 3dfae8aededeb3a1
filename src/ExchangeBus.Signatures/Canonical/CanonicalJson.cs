using System.Buffers;
using System.Text.Json;

namespace ExchangeBus.Signatures;

/// <summary>
/// The JSON Canonicalization Scheme, RFC 8785: one text for all texts that say the same, so that a signature survives whoever
/// reformats the event. Members are sorted by the UTF-16 code units of their names, numbers and strings are written as ECMAScript does.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The canonical form of a JSON text, nested at most 64 levels.</summary>
    /// <exception cref="CanonicalJsonException">It has none; <see cref="CanonicalJsonException.Fault"/> says why.</exception>
    public static byte[] Of(ReadOnlySpan<byte> utf8)
    {
        using var writer = new CanonicalWriter(utf8.Length);
        Write(utf8, writer);
        return writer.Written.ToArray();
    }

    /// <summary>Writes the canonical form of a JSON text, nested at most 64 levels.</summary>
    /// <exception cref="CanonicalJsonException">It has none; nothing was written.</exception>
    public static void Write(ReadOnlySpan<byte> utf8, IBufferWriter<byte> destination)
    {
        using var writer = new CanonicalWriter(utf8.Length);
        Write(utf8, writer);
        destination.Write(writer.Written);
    }

    private static void Write(ReadOnlySpan<byte> utf8, CanonicalWriter writer)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            writer.WriteValue(ref reader);
            // Text after the value is not JSON; the reader throws on it.
            reader.Read();
        }
        catch (JsonException e)
        {
            throw new CanonicalJsonException("The text is not JSON.", e) { Fault = CanonicalFault.NotJson };
        }
        catch (InvalidOperationException e)
        {
            // From CopyString: an escape that is half of a surrogate pair.
            throw new CanonicalJsonException("A string is not Unicode.", e) { Fault = CanonicalFault.NotUnicode };
        }
    }
}
