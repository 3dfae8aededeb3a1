using System.Text;

namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>
/// Reads an ECMA-262 pattern as with the flag "u" (2020-12 core, section 6.4). Milder than the flag in two points that
/// schemas in the wild rely on: punctuation may always be escaped, and a lone ] or brace stands for itself.
/// </summary>
internal sealed partial class PatternParser
{
    private const int MaxNesting = 200;

    private readonly int[] _text;
    private readonly List<string> _groupNames = [];
    private int _at;
    private int _groups;
    private int _highestReference;
    private int _nesting;

    private PatternParser(string pattern) => _text = [.. pattern.EnumerateRunes().Select(rune => rune.Value)];

    /// <summary>Whether the pattern cannot be run by an automaton.</summary>
    public bool NeedsBacktracking { get; private set; }

    public static (PatternNode Root, bool NeedsBacktracking) Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        parser.FindGroupNames(pattern);
        var root = parser.Choice();
        if (parser._at < parser._text.Length) throw parser.Error("unmatched )");
        if (parser._highestReference > parser._groups) throw parser.Error("reference to a group that is not there");
        return (root, parser.NeedsBacktracking);
    }

    private int Current => _at < _text.Length ? _text[_at] : -1;

    private FormatException Error(string what) => new($"{what} at character {_at}");

    private bool Take(char wanted)
    {
        if (Current != wanted) return false;
        _at++;
        return true;
    }

    private bool Take(string wanted)
    {
        for (var index = 0; index < wanted.Length; index++)
        {
            if (_at + index >= _text.Length || _text[_at + index] != wanted[index]) return false;
        }

        _at += wanted.Length;
        return true;
    }

    private PatternNode Choice()
    {
        if (++_nesting > MaxNesting) throw Error("groups nested too deeply");
        var options = new List<PatternNode> { Sequence() };
        while (Take('|')) options.Add(Sequence());
        _nesting--;
        return options.Count == 1 ? options[0] : new ChoiceNode(options);
    }

    private SequenceNode Sequence()
    {
        var parts = new List<PatternNode>();
        while (Current is not (-1 or '|' or ')')) parts.Add(Repeated(Atom()));
        return new SequenceNode(parts);
    }

    private PatternNode Repeated(PatternNode atom)
    {
        (int Minimum, int? Maximum) count;
        if (Take('*')) count = (0, null);
        else if (Take('+')) count = (1, null);
        else if (Take('?')) count = (0, 1);
        else if (Counted() is { } counted) count = counted;
        else return atom;

        if (atom is AssertionNode or LookNode) throw Error("nothing to repeat");
        if (count.Minimum > count.Maximum) throw Error("numbers out of order");
        return new RepeatNode(atom, count.Minimum, count.Maximum, Take('?'));
    }

    private (int Minimum, int? Maximum)? Counted()
    {
        var start = _at;
        if (Take('{') && Number() is { } minimum)
        {
            if (Take('}')) return (minimum, minimum);
            if (Take(','))
            {
                if (Take('}')) return (minimum, null);
                if (Number() is { } maximum && Take('}')) return (minimum, maximum);
            }
        }

        _at = start;
        return null;
    }

    private int? Number()
    {
        long value = 0;
        var start = _at;
        for (; Current is >= '0' and <= '9'; _at++) value = Math.Min((value * 10) + Current - '0', int.MaxValue);
        return _at == start ? null : (int)value;
    }

    private PatternNode Atom()
    {
        switch (Current)
        {
            case '^':
                _at++;
                return new AssertionNode(AssertionKind.Start);
            case '$':
                _at++;
                return new AssertionNode(AssertionKind.End);
            case '.':
                _at++;
                return new SetNode(CodePointSet.Dot);
            case '(':
                _at++;
                return Group();
            case '[':
                _at++;
                return new SetNode(Class());
            case '\\':
                _at++;
                return AtomEscape();
            case '*' or '+' or '?':
                throw Error("nothing to repeat");
            case '{' when Counted() is not null:
                throw Error("nothing to repeat");
            default:
                return new SetNode(CodePointSet.Single(_text[_at++]));
        }
    }

    private PatternNode Group()
    {
        if (Take("?:")) return Closed(Choice());
        foreach (var (opening, ahead, negative) in (ReadOnlySpan<(string, bool, bool)>)[("?=", true, false), ("?!", true, true), ("?<=", false, false), ("?<!", false, true)])
        {
            if (!Take(opening)) continue;
            NeedsBacktracking = true;
            return new LookNode(Closed(Choice()), ahead, negative);
        }

        if (Take("?<")) GroupName();
        else if (Current == '?') throw Error("unknown kind of group");
        var number = ++_groups;
        return new GroupNode(Closed(Choice()), number);
    }

    private PatternNode Closed(PatternNode body) => Take(')') ? body : throw Error("missing )");

    private string GroupName()
    {
        var name = new StringBuilder();
        for (; Current is not (-1 or '>'); _at++) name.Append(new Rune(Current));
        if (!Take('>') || name.Length == 0) throw Error("bad group name");
        return name.ToString();
    }

    /// <summary>Names are needed before the groups are read: a reference may come first.</summary>
    private void FindGroupNames(string pattern)
    {
        var inClass = false;
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '\\') index++;
            else if (pattern[index] == '[') inClass = true;
            else if (pattern[index] == ']') inClass = false;
            else if (pattern[index] == '(' && !inClass) _groupNames.Add(NameAt(pattern, index + 1));
        }

        _groupNames.RemoveAll(name => name == "?");
        var named = _groupNames.Where(name => name.Length > 0).ToList();
        if (named.Count != named.Distinct(StringComparer.Ordinal).Count()) throw Error("two groups of one name");
    }

    private static string NameAt(string pattern, int at)
    {
        if (at >= pattern.Length || pattern[at] != '?') return "";
        var end = pattern.IndexOf('>', at);
        return at + 2 < pattern.Length && pattern[at + 1] == '<' && pattern[at + 2] is not ('=' or '!') && end > 0 ? pattern[(at + 2)..end] : "?";
    }

    private PatternNode AtomEscape()
    {
        switch (Current)
        {
            case 'b':
                _at++;
                return new AssertionNode(AssertionKind.WordBoundary);
            case 'B':
                _at++;
                return new AssertionNode(AssertionKind.NotWordBoundary);
            case 'k':
                _at++;
                if (!Take('<')) throw Error("bad group reference");
                return Reference(_groupNames.IndexOf(GroupName()) + 1);
            case >= '1' and <= '9':
                return Reference(Number()!.Value);
            default:
                return new SetNode(Escape(inClass: false));
        }
    }

    private BackreferenceNode Reference(int number)
    {
        if (number == 0) throw Error("reference to a group that is not there");
        NeedsBacktracking = true;
        _highestReference = Math.Max(_highestReference, number);
        return new BackreferenceNode(number);
    }
}
