namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>A pattern as states joined by byte ranges, built from its end to its beginning.</summary>
internal sealed class Nfa
{
    public const int Accept = 0;

    private const int MaxStates = 30_000;
    private const int MaxWork = 200_000;

    private readonly List<NfaState> _states = [new NfaState(null, null, [])];
    private int _work;

    public IReadOnlyList<NfaState> States => _states;

    public int Start { get; private set; }

    public bool HasWordBoundary => _states.Any(state => state.Assertion is AssertionKind.WordBoundary or AssertionKind.NotWordBoundary);

    /// <summary>Null where the pattern, with its counted repeats written out, is too large.</summary>
    public static Nfa? Build(PatternNode root)
    {
        var nfa = new Nfa();
        if (nfa.Add(root, Accept) is not { } start) return null;
        nfa.Start = start;
        return nfa;
    }

    // The counter also bounds repeats of what adds no state, such as (?:){1000000000}.
    private int? Add(PatternNode node, int next) => ++_work > MaxWork ? null : node switch
    {
        SetNode set => AddSet(set.Set, next),
        SequenceNode sequence => AddSequence(sequence.Parts, next),
        ChoiceNode choice => AddChoice(choice.Options, next),
        RepeatNode repeat => AddRepeat(repeat, next),
        GroupNode group => Add(group.Body, next),
        AssertionNode assertion => Add(new NfaState(assertion.Kind, null, [next])),
        _ => null,
    };

    private int? Add(NfaState state)
    {
        if (_states.Count >= MaxStates) return null;
        _states.Add(state);
        return _states.Count - 1;
    }

    private int? AddSet(CodePointSet set, int next)
    {
        // Sequences that end alike share their tails; a category such as \p{L} would be several times as large without.
        var tails = new Dictionary<(byte First, byte Last, int Next), int>();
        var heads = new HashSet<int>();
        foreach (var bytes in Utf8Ranges.Of(set))
        {
            var state = next;
            for (var index = bytes.Length - 1; index >= 0; index--)
            {
                var key = (bytes[index].First, bytes[index].Last, Next: state);
                if (!tails.TryGetValue(key, out var known))
                {
                    if (Add(new NfaState(null, (key.First, key.Last), [state])) is not { } added) return null;
                    tails[key] = known = added;
                }

                state = known;
            }

            heads.Add(state);
        }

        return heads.Count == 1 ? heads.First() : Add(new NfaState(null, null, [.. heads]));
    }

    private int? AddSequence(IReadOnlyList<PatternNode> parts, int next)
    {
        int? state = next;
        for (var index = parts.Count - 1; index >= 0 && state is not null; index--) state = Add(parts[index], state.Value);
        return state;
    }

    private int? AddChoice(IReadOnlyList<PatternNode> options, int next)
    {
        var heads = new List<int>();
        foreach (var option in options)
        {
            if (Add(option, next) is not { } head) return null;
            heads.Add(head);
        }

        return Add(new NfaState(null, null, [.. heads]));
    }

    private int? AddRepeat(RepeatNode repeat, int next)
    {
        int? state = next;
        if (repeat.Maximum is { } maximum)
        {
            for (var copy = repeat.Minimum; copy < maximum && state is not null; copy++)
            {
                if (Add(repeat.Body, state.Value) is not { } body) return null;
                state = Add(new NfaState(null, null, [body, next]));
            }
        }
        else
        {
            var loop = Add(new NfaState(null, null, []));
            if (loop is null || Add(repeat.Body, loop.Value) is not { } body) return null;
            _states[loop.Value] = new NfaState(null, null, [body, next]);
            state = loop;
        }

        for (var copy = 0; copy < repeat.Minimum && state is not null; copy++) state = Add(repeat.Body, state.Value);
        return state;
    }
}

/// <summary>A state that reads a byte of a range, holds an assertion, or only branches.</summary>
internal sealed record NfaState(AssertionKind? Assertion, (byte First, byte Last)? Bytes, int[] Next);
