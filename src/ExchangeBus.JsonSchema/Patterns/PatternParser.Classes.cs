using System.Globalization;
using System.Text;

namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>Character classes and escapes.</summary>
internal sealed partial class PatternParser
{
    private CodePointSet Class()
    {
        var isNegated = Take('^');
        var ranges = new List<(int, int)>();
        while (!Take(']'))
        {
            var first = ClassAtom();
            if (Current == '-' && _at + 1 < _text.Length && _text[_at + 1] != ']')
            {
                _at++;
                var last = ClassAtom();
                if (!IsOne(first) || !IsOne(last)) throw Error("a class cannot bound a range");
                if (first.Ranges[0].First > last.Ranges[0].First) throw Error("range out of order");
                ranges.Add((first.Ranges[0].First, last.Ranges[0].First));
            }
            else
            {
                ranges.AddRange(first.Ranges);
            }
        }

        var set = CodePointSet.Of(ranges);
        return isNegated ? set.Complement() : set;
    }

    private static bool IsOne(CodePointSet set) => set.Ranges.Count == 1 && set.Ranges[0].First == set.Ranges[0].Last;

    private CodePointSet ClassAtom()
    {
        if (Current < 0) throw Error("missing ]");
        return Take('\\') ? Escape(inClass: true) : CodePointSet.Single(_text[_at++]);
    }

    private CodePointSet Escape(bool inClass)
    {
        if (Current < 0) throw Error("\\ at the end");
        var letter = _text[_at++];
        switch (letter)
        {
            case 'd': return CodePointSet.Digit;
            case 'D': return CodePointSet.Digit.Complement();
            case 'w': return CodePointSet.Word;
            case 'W': return CodePointSet.Word.Complement();
            case 's': return CodePointSet.Space;
            case 'S': return CodePointSet.Space.Complement();
            case 'p': return Property();
            case 'P': return Property().Complement();
            case 't': return CodePointSet.Single('\t');
            case 'n': return CodePointSet.Single('\n');
            case 'v': return CodePointSet.Single('\v');
            case 'f': return CodePointSet.Single('\f');
            case 'r': return CodePointSet.Single('\r');
            case 'b' when inClass: return CodePointSet.Single('\b');
            case '0' when Current is not (>= '0' and <= '9'): return CodePointSet.Single(0);
            case 'c' when Current is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'): return CodePointSet.Single(_text[_at++] & 31);
            case 'x': return CodePointSet.Single(Hex(2));
            case 'u': return CodePointSet.Single(CodePoint());
        }

        if (letter < 0x80 && (char.IsAsciiLetterOrDigit((char)letter))) throw Error("unknown escape");
        return CodePointSet.Single(letter);
    }

    private CodePointSet Property()
    {
        if (!Take('{')) throw Error("bad property");
        var name = new StringBuilder();
        for (; Current is not (-1 or '}'); _at++) name.Append(new Rune(Current));
        if (!Take('}')) throw Error("bad property");
        return UnicodeProperty.Find(name.ToString()) ?? throw Error($"unknown property {name}");
    }

    private int CodePoint()
    {
        if (Take('{'))
        {
            var end = Array.IndexOf(_text, '}', _at);
            var value = end > _at && end - _at <= 8 ? Hex(end - _at) : -1;
            if (!Take('}') || value is < 0 or > CodePointSet.Last) throw Error("bad code point");
            return value;
        }

        var high = Hex(4);
        var after = _at;
        if (high is >= 0xD800 and <= 0xDBFF && Take("\\u") && Current != '{')
        {
            var low = Hex(4);
            if (low is >= 0xDC00 and <= 0xDFFF) return 0x10000 + ((high - 0xD800) << 10) + low - 0xDC00;
        }

        if (high is >= 0xD800 and <= 0xDBFF) _at = after;
        return high;
    }

    private int Hex(int digits)
    {
        if (_at + digits > _text.Length) throw Error("bad escape");
        var text = string.Concat(_text.Skip(_at).Take(digits).Select(codePoint => new Rune(codePoint)));
        if (!int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) throw Error("bad escape");
        _at += digits;
        return value;
    }
}
