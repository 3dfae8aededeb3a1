using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace ExchangeBus.JsonSchema.Parsing;

/// <summary>
/// Reads RFC 8259 text onto a tape. A loop, not a recursion: depth costs a counter, never stack.
/// While a container is open its <see cref="JsonToken.Next"/> links to the container around it.
/// </summary>
internal ref struct JsonTapeReader
{
    private readonly JsonTape _tape;
    private readonly byte[] _bytes;
    private readonly int _maxDepth;
    private JsonToken[] _tokens;
    private int _count;
    private int _at;
    private JsonFault _fault;

    private JsonTapeReader(JsonTape tape, int maxDepth)
    {
        _tape = tape;
        _bytes = tape.Bytes;
        _tokens = tape.Tokens;
        _maxDepth = maxDepth;
    }

    public static JsonFault Read(JsonTape tape, ReadOnlySpan<byte> json, int maxDepth)
    {
        tape.Load(json);
        if (!Utf8.IsValid(json)) return new JsonFault(JsonFaultKind.Utf8, FirstInvalidByte(json));
        var reader = new JsonTapeReader(tape, maxDepth);
        var isRead = reader.ReadDocument();
        tape.Count = reader._count;
        return isRead ? default : reader._fault;
    }

    private bool ReadDocument()
    {
        var open = -1;
        var depth = 0;
        SkipSpace();
        while (true)
        {
            switch (_bytes[_at])
            {
                case (byte)'{':
                    if (++depth > _maxDepth) return Fail(JsonFaultKind.Depth);
                    open = Add(JsonKind.Object, _at, 0, open, false);
                    _at++;
                    SkipSpace();
                    if (_bytes[_at] == (byte)'}') break;
                    if (!ReadName()) return false;
                    continue;
                case (byte)'[':
                    if (++depth > _maxDepth) return Fail(JsonFaultKind.Depth);
                    open = Add(JsonKind.Array, _at, 0, open, false);
                    _at++;
                    SkipSpace();
                    if (_bytes[_at] == (byte)']') break;
                    continue;
                default:
                    if (!ReadScalar()) return false;
                    if (open < 0) return AtEnd();
                    _tokens[open].Length++;
                    SkipSpace();
                    break;
            }

            // The value is complete: go on in the container around it, closing as many as end here.
            while (true)
            {
                ref var container = ref _tokens[open];
                var next = _bytes[_at];
                if (next == (byte)',' && container.Length > 0)
                {
                    _at++;
                    SkipSpace();
                    if (container.Kind == JsonKind.Object && !ReadName()) return false;
                    break;
                }

                if (next != (container.Kind == JsonKind.Object ? (byte)'}' : (byte)']')) return Fail(JsonFaultKind.Syntax);
                var around = container.Next;
                container.Next = _count;
                depth--;
                _at++;
                if (around < 0) return AtEnd();
                open = around;
                _tokens[open].Length++;
                SkipSpace();
            }
        }
    }

    private bool ReadName()
    {
        if (_bytes[_at] != (byte)'"') return Fail(JsonFaultKind.Syntax);
        if (!ReadString(JsonKind.Name)) return false;
        ref var name = ref _tokens[_count - 1];
        name.Next = NameHash.Of(new ReadOnlySpan<byte>(_bytes, name.Start, name.Length));
        if (_bytes[_at] != (byte)':') SkipSpace();
        if (_bytes[_at] != (byte)':') return Fail(JsonFaultKind.Syntax);
        _at++;
        SkipSpace();
        return true;
    }

    private bool ReadScalar() => _bytes[_at] switch
    {
        (byte)'"' => ReadString(JsonKind.String),
        (byte)'t' => ReadLiteral("true"u8, JsonKind.True),
        (byte)'f' => ReadLiteral("false"u8, JsonKind.False),
        (byte)'n' => ReadLiteral("null"u8, JsonKind.Null),
        _ => ReadNumber(),
    };

    private bool ReadString(JsonKind kind)
    {
        var start = _at + 1;
        var kindOfFault = JsonStringScan.Scan(_bytes, start, out var length, out _at, out var ascii);
        if (kindOfFault != JsonFaultKind.None) return Fail(kindOfFault);
        Add(kind, start, length, _count + 1, ascii);
        return true;
    }

    private bool ReadLiteral(scoped ReadOnlySpan<byte> literal, JsonKind kind)
    {
        if (!_bytes.AsSpan(_at).StartsWith(literal)) return Fail(JsonFaultKind.Syntax);
        Add(kind, _at, literal.Length, _count + 1, false);
        _at += literal.Length;
        return true;
    }

    private bool ReadNumber()
    {
        var start = _at;
        var fault = JsonNumberScan.Scan(_bytes, ref _at, out var plain);
        if (fault != JsonFaultKind.None) return Fail(fault);
        Add(JsonKind.Number, start, _at - start, _count + 1, plain);
        return true;
    }

    private bool AtEnd()
    {
        SkipSpace();
        return _at == _tape.TextLength || Fail(JsonFaultKind.Syntax);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpace()
    {
        var bytes = _bytes;
        var at = _at;
        while (bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        _at = at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Add(JsonKind kind, int start, int length, int next, bool plain)
    {
        var token = _count;
        var tokens = _tokens;
        if ((uint)token >= (uint)tokens.Length) tokens = Grow();
        ref var added = ref tokens[token];
        added.Start = start;
        added.Length = length;
        added.Next = next;
        added.Kind = kind;
        added.Plain = plain;
        _count = token + 1;
        return token;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsonToken[] Grow()
    {
        _tape.Count = _count;
        _tape.GrowTokens();
        return _tokens = _tape.Tokens;
    }

    private bool Fail(JsonFaultKind kind)
    {
        _fault = new JsonFault(kind, _at);
        return false;
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(json[at..], out _, out var used) == System.Buffers.OperationStatus.Done) at += used;
        return at;
    }
}
