using System.Text.Json;

namespace ExchangeBus.Intake;

/// <summary>Cuts a JSON array of events into its elements without copying them.</summary>
internal static class Batch
{
    // The most that IntakeOptions.MaxBatchEvents may be.
    private const int MostEver = 5_000;

    /// <summary>Null when the text is not a JSON array. Of an array with more than <paramref name="most"/> elements, the first of them and one more.</summary>
    /// <param name="utf8">The batch as sent.</param>
    /// <param name="broken">Where it ceases to be JSON; null when it is JSON.</param>
    /// <param name="most">How many events a batch may have.</param>
    internal static IReadOnlyList<ReadOnlyMemory<byte>>? Split(ReadOnlyMemory<byte> utf8, out JsonException? broken, int most = MostEver)
    {
        broken = null;
        var elements = new List<ReadOnlyMemory<byte>>();
        try
        {
            var reader = new Utf8JsonReader(utf8.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return null;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                elements.Add(utf8[start..(int)reader.BytesConsumed]);
                // Two bytes are enough for an element: what is refused for their number must not be collected first.
                if (elements.Count > most)
                    return elements;
            }

            // Text after the array is malformed; the reader throws on it.
            reader.Read();
            return elements;
        }
        catch (JsonException e)
        {
            broken = e;
            return null;
        }
    }
}
