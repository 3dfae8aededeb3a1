namespace ExchangeBus.JsonSchema.Parsing;

internal enum JsonKind : byte
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
    Name,
}

/// <summary>One value or property name on the tape. Sixteen bytes, so that four share a cache line.</summary>
internal struct JsonToken
{
    /// <summary>Offset of the content: behind the quote of a string, on the bracket of a container.</summary>
    public int Start;

    /// <summary>Bytes of a scalar (a string is unescaped), children of an array, properties of an object.</summary>
    public int Length;

    /// <summary>Index behind the value with everything in it. A name has its value right behind it, so it keeps its hash here.</summary>
    public int Next;

    public JsonKind Kind;

    /// <summary>On a string or name: only ASCII, so bytes are code points. On a number: neither fraction nor exponent.</summary>
    public bool Plain;
}
