using System.Runtime.CompilerServices;

namespace ExchangeBus.JsonSchema.Parsing;

/// <summary>
/// A parsed document: the bytes, with strings unescaped in place, and one flat table of tokens.
/// It is reused from one document to the next and so allocates nothing once it has grown.
/// </summary>
internal sealed class JsonTape
{
    /// <summary>Zero bytes kept behind the text so that a scan may load whole vectors and stops by itself.</summary>
    public const int Padding = 32;

    private const int KeptBytes = 1 << 20;

    public byte[] Bytes { get; private set; } = new byte[4096];

    public JsonToken[] Tokens { get; private set; } = new JsonToken[512];

    public int Count { get; set; }

    public int TextLength { get; private set; }

    public void Load(ReadOnlySpan<byte> json)
    {
        if (Bytes.Length < json.Length + Padding) Bytes = new byte[Math.Max(json.Length + Padding, Math.Min(Bytes.Length * 2L, KeptBytes))];
        json.CopyTo(Bytes);
        Bytes.AsSpan(json.Length, Padding).Clear();
        TextLength = json.Length;
        Count = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void GrowTokens()
    {
        var grown = new JsonToken[Tokens.Length * 2];
        Tokens.AsSpan(0, Count).CopyTo(grown);
        Tokens = grown;
    }

    /// <summary>Gives back what one unusually large document needed.</summary>
    public void Trim()
    {
        if (Bytes.Length > KeptBytes) Bytes = new byte[4096];
        if (Tokens.Length > KeptBytes / 16) Tokens = new JsonToken[512];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text(int token)
    {
        ref readonly var found = ref Tokens[token];
        return new ReadOnlySpan<byte>(Bytes, found.Start, found.Length);
    }

    /// <summary>Token of the value of a property, or -1.</summary>
    public int Find(int @object, ReadOnlySpan<byte> name, int hash)
    {
        var tokens = Tokens;
        var at = @object + 1;
        for (var left = tokens[@object].Length; left > 0; left--)
        {
            if (tokens[at].Next == hash && Text(at).SequenceEqual(name)) return at + 1;
            at = tokens[at + 1].Next;
        }

        return -1;
    }

    public int Find(int @object, ReadOnlySpan<byte> name) => Find(@object, name, NameHash.Of(name));
}
