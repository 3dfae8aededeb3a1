using System.Collections.Frozen;

namespace ExchangeBus.Checks.CodeLists;

/// <summary>A list of codes, read with a day.</summary>
internal sealed class CodeList(string name, (DateOnly From, DateOnly Until, FrozenSet<string> Codes)[] editions)
{
    private const int LongestCode = 64;

    internal string Name => name;

    /// <summary>Whether a code stands in the edition of that day. A day before the first edition or after the last is read with the nearest one.</summary>
    internal bool Holds(ReadOnlySpan<byte> utf8Code, DateOnly day)
    {
        if (utf8Code.Length > LongestCode)
            return false;
        Span<char> code = stackalloc char[LongestCode];
        for (var i = 0; i < utf8Code.Length; i++)
            code[i] = (char)utf8Code[i];
        return EditionOf(day).GetAlternateLookup<ReadOnlySpan<char>>().Contains(code[..utf8Code.Length]);
    }

    private FrozenSet<string> EditionOf(DateOnly day)
    {
        foreach (var edition in editions)
        {
            if (day <= edition.Until)
                return edition.Codes;
        }

        return editions[^1].Codes;
    }
}
