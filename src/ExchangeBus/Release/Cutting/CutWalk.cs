using System.Buffers;
using System.Text.Json;

namespace ExchangeBus.Release.Cutting;

/// <summary>One pass over one body.</summary>
internal ref struct CutWalk
{
    // What the bus accepts is far less deep.
    private const int MaxDepth = 1_000;

    private readonly WithheldFields _withheld;
    private CutText _text;
    private Utf8JsonReader _reader;

    internal CutWalk(ReadOnlySpan<byte> body, IBufferWriter<byte> output, WithheldFields withheld)
    {
        _withheld = withheld;
        _text = new CutText(body, output);
        _reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    internal bool Run(CutNode body)
    {
        try
        {
            _reader.Read();
            _text.Begin((int)_reader.TokenStartIndex);
            Value(body, (int)_reader.TokenStartIndex, comma: false, stays: true);
            // Throws when something follows the body.
            _reader.Read();
            return _text.Finish();
        }
        finally
        {
            _text.GiveBack();
        }
    }

    /// <param name="from">Where the value begins, with its name if it has one.</param>
    /// <param name="comma">Something stands before it in its object or array.</param>
    /// <param name="stays">Its place is kept even if nothing of it is released.</param>
    /// <returns>Whether something was kept.</returns>
    private bool Value(CutNode node, int from, bool comma, bool stays)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject when node.CopiesObject:
            case JsonTokenType.StartArray when node.CopiesArray:
                _reader.Skip();
                break;
            case JsonTokenType.StartObject when node.HasReleasedParts || node.KeepsEmptyObject:
                return Object(node, from, comma, stays);
            case JsonTokenType.StartArray when node.Items is not null || (node.KeepsEmptyArray && IsEmptyArray()):
                Array(node, from, comma);
                return true;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return Withhold(node, comma, stays);
            default:
                if (!node.KeepsScalar) return Withhold(node, comma, stays);
                break;
        }

        _text.Keep(from, (int)_reader.BytesConsumed, comma);
        return true;
    }

    private bool Object(CutNode node, int from, bool comma, bool stays)
    {
        var mark = _text.Length;
        _text.Keep(from, (int)_reader.BytesConsumed, comma);
        var (next, any, empty) = (0, false, true);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            empty = false;
            var start = (int)_reader.TokenStartIndex;
            if (PartOf(node, ref next) is { } part)
            {
                _reader.Read();
                any |= Value(part, start, comma: any, stays: false);
                continue;
            }

            _text.Leave();
            _withheld.Add(node.UnknownIndex);
            _reader.Skip();
        }

        if (any || stays || (empty && node.KeepsEmptyObject))
        {
            _text.Keep((int)_reader.TokenStartIndex, (int)_reader.BytesConsumed, comma: false);
            return true;
        }

        _text.Leave();
        _text.BackTo(mark);
        if (empty) _withheld.Add(node.Index);
        return false;
    }

    private readonly CutNode? PartOf(CutNode node, ref int next)
    {
        var names = node.Names;
        for (var tried = 0; tried < names.Length; tried++)
        {
            if (next >= names.Length) next = 0;
            // Most bodies write their fields in the order of the schema.
            if (_reader.ValueTextEquals(names[next])) return node.Named[next++];
            next++;
        }

        return node.Others;
    }

    private void Array(CutNode node, int from, bool comma)
    {
        _text.Keep(from, (int)_reader.BytesConsumed, comma);
        var any = false;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            Value(node.Items!, (int)_reader.TokenStartIndex, comma: any, stays: true);
            any = true;
        }

        _text.Keep((int)_reader.TokenStartIndex, (int)_reader.BytesConsumed, comma: false);
    }

    private readonly bool IsEmptyArray()
    {
        var ahead = _reader;
        return ahead.Read() && ahead.TokenType == JsonTokenType.EndArray;
    }

    private bool Withhold(CutNode node, bool comma, bool stays)
    {
        _text.Leave();
        _withheld.Add(node.Index);
        if (stays)
        {
            _text.Write(_reader.TokenType switch
            {
                JsonTokenType.StartObject => "{}"u8,
                JsonTokenType.StartArray => "[]"u8,
                _ => "null"u8,
            }, comma);
        }

        _reader.Skip();
        return stays;
    }
}
