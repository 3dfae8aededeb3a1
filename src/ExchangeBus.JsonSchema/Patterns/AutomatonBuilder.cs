namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>
/// Makes an <see cref="Nfa"/> deterministic. A state is the set of places the match may be at, before assertions are
/// looked at, and what the byte before was; the next byte then decides the assertions.
/// </summary>
internal sealed class AutomatonBuilder
{
    private const int MaxStates = 2_000;

    private readonly Nfa _nfa;
    private readonly long _maxWork;
    private readonly bool _tracksWords;
    private readonly bool _canRestart;
    private readonly byte[] _classes = new byte[256];
    private readonly List<byte> _samples = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<(int[] Places, Before Before)> _states = [];
    private readonly bool[] _visited;
    private readonly List<int> _readers = [];
    private readonly List<int> _touched = [];
    private long _work;

    public AutomatonBuilder(Nfa nfa, long maxWork)
    {
        _maxWork = maxWork;
        _nfa = nfa;
        _visited = new bool[nfa.States.Count];
        _tracksWords = nfa.HasWordBoundary;
        Classify();
        _canRestart = CanRestart();
    }

    private enum Before
    {
        Nothing,
        Word,
        Other,
    }

    private enum After
    {
        Word,
        Other,
        End,
    }

    public Automaton? Build()
    {
        var rows = new List<int[]> { new int[_samples.Count], Enumerable.Repeat(Automaton.Matched, _samples.Count).ToArray() };
        var acceptsAtEnd = new List<bool> { false, true };
        var start = Number([_nfa.Start], Before.Nothing);
        for (var state = 0; state < _states.Count; state++)
        {
            if (_states.Count > MaxStates || _work > _maxWork) return null;
            var (places, before) = _states[state];
            acceptsAtEnd.Add(Close(places, before, After.End));
            rows.Add(Row(places, before));
        }

        var moves = rows.SelectMany(row => row).Select(number => number * _samples.Count).ToArray();
        return new Automaton(_classes, _samples.Count, moves, [.. acceptsAtEnd], start * _samples.Count);
    }

    private int[] Row(int[] places, Before before)
    {
        var row = new int[_samples.Count];
        foreach (var after in _tracksWords ? (ReadOnlySpan<After>)[After.Word, After.Other] : [After.Other])
        {
            if (Close(places, before, after))
            {
                for (var one = 0; one < row.Length; one++)
                {
                    if (AfterOf(one) == after) row[one] = Automaton.Matched;
                }
            }
            else
            {
                Move(row, after);
            }
        }

        return row;
    }

    private void Move(int[] row, After after)
    {
        var targets = new SortedSet<int>?[row.Length];
        foreach (var reader in _readers)
        {
            var state = _nfa.States[reader];
            var (first, last) = (_classes[state.Bytes!.Value.First], _classes[state.Bytes.Value.Last]);
            for (int one = first; one <= last; one++) (targets[one] ??= []).Add(state.Next[0]);
            _work += last - first + 1;
        }

        for (var one = 0; one < row.Length; one++)
        {
            if (AfterOf(one) != after) continue;
            var next = targets[one] ?? (_canRestart ? [] : null);
            if (_canRestart) next!.Add(_nfa.Start);
            if (next is not null) row[one] = Number([.. next], after == After.Word ? Before.Word : Before.Other);
        }
    }

    private After AfterOf(int one) => _tracksWords && IsWord(_samples[one]) ? After.Word : After.Other;

    private int Number(int[] places, Before before)
    {
        var key = $"{(int)before}:{string.Join(',', places)}";
        if (_numbers.TryGetValue(key, out var number)) return number;
        _states.Add((places, before));
        return _numbers[key] = _states.Count + Automaton.Matched;
    }

    /// <summary>Follows branches and assertions that hold; leaves the states that read a byte and says whether the match is complete.</summary>
    private bool Close(IEnumerable<int> places, Before before, After after)
    {
        _readers.Clear();
        foreach (var touched in _touched) _visited[touched] = false;
        _touched.Clear();
        var isComplete = false;
        var pending = new Stack<int>(places);
        while (pending.TryPop(out var place))
        {
            if (_visited[place]) continue;
            _visited[place] = true;
            _touched.Add(place);
            isComplete |= place == Nfa.Accept;
            var state = _nfa.States[place];
            if (state.Bytes is not null) _readers.Add(place);
            else if (state.Assertion is null || Holds(state.Assertion.Value, before, after))
                foreach (var next in state.Next) pending.Push(next);
        }

        _work += _touched.Count;
        return isComplete;
    }

    private static bool Holds(AssertionKind assertion, Before before, After after) => assertion switch
    {
        AssertionKind.Start => before == Before.Nothing,
        AssertionKind.End => after == After.End,
        AssertionKind.WordBoundary => (before == Before.Word) != (after == After.Word),
        _ => (before == Before.Word) == (after == After.Word),
    };

    /// <summary>Whether a match may begin later than at the beginning; an anchored pattern is given up at its first wrong byte.</summary>
    private bool CanRestart()
    {
        foreach (var before in (ReadOnlySpan<Before>)[Before.Word, Before.Other])
        {
            foreach (var after in (ReadOnlySpan<After>)[After.Word, After.Other, After.End])
            {
                if (Close([_nfa.Start], before, after) || _readers.Count > 0) return true;
            }
        }

        return false;
    }

    private void Classify()
    {
        var begins = new bool[257];
        begins[0] = true;
        foreach (var state in _nfa.States)
        {
            if (state.Bytes is not { } bytes) continue;
            begins[bytes.First] = true;
            begins[bytes.Last + 1] = true;
        }

        for (var one = 1; _tracksWords && one < 256; one++) begins[one] |= IsWord((byte)one) != IsWord((byte)(one - 1));
        for (var one = 0; one < 256; one++)
        {
            if (begins[one]) _samples.Add((byte)one);
            _classes[one] = (byte)(_samples.Count - 1);
        }
    }

    private static bool IsWord(byte one) => char.IsAsciiLetterOrDigit((char)one) || one == (byte)'_';
}
