namespace ExchangeBus.CloudEvents.Sql.Expressions;

/// <summary>
/// A pattern of LIKE: <c>%</c> is any text, <c>_</c> one Unicode character, <c>\%</c> and <c>\_</c> are themselves, and so is all else,
/// a single backslash too. Matching needs at most (length of text × length of pattern) steps and no memory.
/// </summary>
internal sealed class LikePattern
{
    private readonly string _characters;
    private readonly Part[] _parts;

    // Set where the pattern is one text with at most a percent sign at either end, as most are.
    private readonly string? _plain;
    private readonly bool _openStart;
    private readonly bool _openEnd;

    public LikePattern(string pattern)
    {
        var (characters, parts) = (new List<char>(), new List<Part>());
        for (var i = 0; i < pattern.Length; i++)
        {
            var escaped = pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is '%' or '_';
            if (escaped) i++;
            var part = escaped ? Part.Character : pattern[i] switch { '%' => Part.AnyText, '_' => Part.AnyCharacter, _ => Part.Character };
            if (part == Part.AnyText && parts.Count > 0 && parts[^1] == Part.AnyText) continue;
            characters.Add(pattern[i]);
            parts.Add(part);
        }

        (_characters, _parts) = (new string([.. characters]), [.. parts]);
        (_openStart, _openEnd) = (_parts.Length > 0 && _parts[0] == Part.AnyText, _parts.Length > 1 && _parts[^1] == Part.AnyText);
        var inner = (_openStart ? 1 : 0)..(_parts.Length - (_openEnd ? 1 : 0));
        if (Array.TrueForAll(_parts[inner], p => p == Part.Character)) _plain = _characters[inner];
    }

    private enum Part : byte
    {
        Character,
        AnyCharacter,
        AnyText,
    }

    public bool Matches(ReadOnlySpan<char> text) => _plain is null ? Walk(text) : (_openStart, _openEnd) switch
    {
        (false, false) => text.SequenceEqual(_plain),
        (false, true) => text.StartsWith(_plain, StringComparison.Ordinal),
        (true, false) => text.EndsWith(_plain, StringComparison.Ordinal),
        (true, true) => text.Contains(_plain, StringComparison.Ordinal),
    };

    // Only the last percent sign may have to take more: what an earlier one took is the shortest that works.
    private bool Walk(ReadOnlySpan<char> text)
    {
        var (at, part) = (0, 0);
        var (percent, taken) = (-1, 0);
        while (at < text.Length)
        {
            if (part < _parts.Length && _parts[part] == Part.AnyText)
            {
                (percent, taken) = (part++, at);
            }
            else if (part < _parts.Length && _parts[part] == Part.AnyCharacter)
            {
                at += Characters.WidthAt(text, at);
                part++;
            }
            else if (part < _parts.Length && _characters[part] == text[at])
            {
                at++;
                part++;
            }
            else if (percent >= 0)
            {
                taken += Characters.WidthAt(text, taken);
                (at, part) = (taken, percent + 1);
            }
            else
            {
                return false;
            }
        }

        while (part < _parts.Length && _parts[part] == Part.AnyText) part++;
        return part == _parts.Length;
    }
}
