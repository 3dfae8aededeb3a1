namespace ExchangeBus.JsonSchema.Formats;

/// <summary>Whether a text, unescaped and well-formed UTF-8, has a format.</summary>
internal delegate bool FormatTest(ReadOnlySpan<byte> text);
