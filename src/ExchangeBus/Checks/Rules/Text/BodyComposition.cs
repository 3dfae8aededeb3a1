using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExchangeBus.Checks.Rules.Text;

/// <summary>Composes the letters in the texts of a body. All else stays byte for byte.</summary>
internal static class BodyComposition
{
    // U+0300 to U+036F begin with these bytes in UTF-8; an escape may hide one.
    private static readonly SearchValues<byte> MayHideMarks = SearchValues.Create(0xCC, 0xCD, (byte)'\\');

    /// <summary>The composed body and where it differs; null when every letter is composed, or when the body is not JSON.</summary>
    internal static (byte[] Body, List<string> Pointers)? Compose(ReadOnlySpan<byte> body)
    {
        if (!body.ContainsAny(MayHideMarks))
            return null;
        try
        {
            return Splice(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a surrogate pair: the validator says so, with the place.
            return null;
        }
    }

    private static (byte[] Body, List<string> Pointers)? Splice(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 1_000 });
        var place = new Place();
        var pointers = new List<string>();
        var composed = new ArrayBufferWriter<byte>(body.Length);
        var copied = 0;
        while (reader.Read())
        {
            place.Move(ref reader);
            if (reader.TokenType != JsonTokenType.String || !reader.ValueSpan.ContainsAny(MayHideMarks))
                continue;
            var text = reader.GetString()!;
            if (LetterComposition.Compose(text) is var better && ReferenceEquals(better, text))
                continue;
            var start = (int)reader.TokenStartIndex + 1;
            composed.Write(body[copied..start]);
            composed.Write(JsonEncodedText.Encode(better, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
            copied = start + reader.ValueSpan.Length;
            pointers.Add(place.Pointer);
        }

        if (pointers.Count == 0)
            return null;
        composed.Write(body[copied..]);
        return (composed.WrittenSpan.ToArray(), pointers);
    }

    /// <summary>Where a reader stands: for each container around it, the name or index within.</summary>
    private sealed class Place
    {
        private readonly List<(bool IsArray, int Index, string? Name)> _around = [];

        internal string Pointer => "/data" + string.Concat(_around.Select(step => $"/{(step.IsArray ? $"{step.Index}" : step.Name)}"));

        internal void Move(ref Utf8JsonReader reader)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                _around[^1] = (false, 0, reader.GetString()!.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
                return;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                _around.RemoveAt(_around.Count - 1);
                return;
            }

            if (_around.Count > 0 && _around[^1] is { IsArray: true } array)
                _around[^1] = array with { Index = array.Index + 1 };
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                _around.Add((reader.TokenType == JsonTokenType.StartArray, -1, null));
        }
    }
}
