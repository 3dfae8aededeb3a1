using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Keywords;

/// <summary><c>enum</c>, and <c>const</c> as a set of one. Found by hash, so a long list of codes costs what a short one does.</summary>
internal sealed class ValueSetCheck : Check
{
    private readonly Rule _rule;
    private readonly JsonTape _tape;
    private readonly int[] _values;
    private readonly int[] _slots;
    private readonly int[] _hashes;

    public ValueSetCheck(Rule rule, JsonTape tape, int[] values)
    {
        _rule = rule;
        _tape = tape;
        _values = values;
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(values.Length * 2, 2))];
        Array.Fill(_slots, -1);
        _hashes = new int[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            _hashes[index] = JsonEquality.Hash(tape, values[index]);
            var slot = _hashes[index] & (_slots.Length - 1);
            while (_slots[slot] >= 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = index;
        }
    }

    public override bool IsLeaf => true;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks) =>
        (_values.Length == 1 ? IsValue(0, evaluation, token) : IsOneOf(evaluation, token)) || evaluation.Fail(_rule, token);

    private bool IsOneOf(SchemaEvaluation evaluation, int token)
    {
        var kind = evaluation.Tokens[token].Kind;
        var hash = kind == JsonKind.Name ? NameHash.Of(evaluation.Tape.Text(token)) : JsonEquality.Hash(evaluation.Tape, token);
        var mask = _slots.Length - 1;
        for (var slot = hash & mask; _slots[slot] >= 0; slot = (slot + 1) & mask)
        {
            var index = _slots[slot];
            if (_hashes[index] == hash && IsValue(index, evaluation, token)) return true;
        }

        return false;
    }

    private bool IsValue(int index, SchemaEvaluation evaluation, int token)
    {
        if (evaluation.Tokens[token].Kind != JsonKind.Name) return JsonEquality.Equal(_tape, _values[index], evaluation.Tape, token);
        return _tape.Tokens[_values[index]].Kind == JsonKind.String && _tape.Text(_values[index]).SequenceEqual(evaluation.Tape.Text(token));
    }
}
