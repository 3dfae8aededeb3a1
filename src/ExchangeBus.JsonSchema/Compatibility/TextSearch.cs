using System.Text;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>
/// Walks several patterns side by side over all texts, shortest first. Each state of the walk stands for all texts that lead to
/// it, so a walk that comes to its end has seen every text there is.
/// </summary>
internal sealed class TextSearch
{
    /// <summary>Lengths beyond are not counted out; such a question is not decided.</summary>
    public const int LongestCounted = 4_000;

    private static readonly Automaton Utf8 = (Automaton)PatternCompiler.Compile(@"^[\u{0}-\u{10FFFF}]*$", "", new JsonSchemaOptions());

    private readonly Automaton[] _automata;
    private readonly int _inside;
    private readonly int _lengthCap;
    private readonly byte[] _letters;

    /// <param name="inside">All must accept; a text that can no longer be accepted is not followed.</param>
    /// <param name="beside">Followed, and their answer reported.</param>
    /// <param name="lengthCap">Longest length told apart; 0 when lengths do not matter.</param>
    public TextSearch(IEnumerable<Automaton> inside, IEnumerable<Automaton> beside, int lengthCap)
    {
        Automaton[] all = [Utf8, .. inside];
        _inside = all.Length;
        _automata = [.. all, .. beside];
        _lengthCap = lengthCap;
        _letters = Letters();
    }

    /// <summary>
    /// Calls <paramref name="found"/> for texts that all of <c>inside</c> accept, with what <c>beside</c> say and the length, until it returns true.
    /// Returns whether everything has been seen or an end was asked for; false when the bound was reached.
    /// </summary>
    public bool Walk(long longest, Comparison comparison, Func<Func<string>, bool[], int, bool> found)
    {
        var states = new List<(int[] Rows, int Length, int From, byte Letter)>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        Visit([.. _automata.Select(automaton => automaton.Start)], 0, -1, 0);
        for (var at = 0; at < states.Count; at++)
        {
            if (!comparison.VisitText()) return false;
            var (rows, length, _, _) = states[at];
            if (Enumerable.Range(0, _inside).All(index => _automata[index].AcceptsAt(rows[index])))
            {
                var last = at;
                bool[] beside = [.. Enumerable.Range(_inside, _automata.Length - _inside).Select(index => _automata[index].AcceptsAt(rows[index]))];
                if (found(() => Text(last), beside, length)) return true;
            }

            foreach (var letter in _letters)
            {
                var longer = _lengthCap > 0 && (letter & 0xC0) != 0x80 ? Math.Min(length + 1, _lengthCap) : length;
                if (longer <= longest) Visit([.. rows.Select((row, index) => _automata[index].Move(row, letter))], longer, at, letter);
            }
        }

        return true;

        void Visit(int[] rows, int length, int from, byte letter)
        {
            for (var index = 0; index < _inside; index++)
            {
                if (rows[index] == Automaton.Dead) return;
            }

            if (known.Add(string.Create(rows.Length + 1, (rows, length), (key, state) =>
            {
                for (var index = 0; index < state.rows.Length; index++) key[index] = (char)_automata[index].Number(state.rows[index]);
                key[^1] = (char)state.length;
            })))
            {
                states.Add((rows, length, from, letter));
            }
        }

        string Text(int last)
        {
            var bytes = new List<byte>();
            for (; states[last].From >= 0; last = states[last].From) bytes.Add(states[last].Letter);
            bytes.Reverse();
            return Encoding.UTF8.GetString([.. bytes]);
        }
    }

    /// <summary>One byte for all that no pattern here tells apart, a readable one where there is one.</summary>
    private byte[] Letters() => [.. Enumerable.Range(0, 256).Select(one => (byte)one)
        .OrderBy(one => char.IsAsciiLetterOrDigit((char)one) ? 0 : one is > 0x20 and < 0x7F ? 1 : one == 0x20 ? 2 : 3)
        .ThenBy(one => one)
        .DistinctBy(one => ((one & 0xC0) == 0x80, string.Concat(_automata.Select(automaton => (char)automaton.ClassOf(one)))))];
}
