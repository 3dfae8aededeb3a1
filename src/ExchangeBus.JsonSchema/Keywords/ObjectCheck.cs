using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.JsonSchema.Keywords;

/// <summary>A property a schema names, by its schema, by requiring it, or both.</summary>
internal readonly record struct KnownProperty(byte[] Name, SchemaNode? Schema, Rule? Required);

/// <summary>
/// <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c>, <c>propertyNames</c> and <c>required</c>
/// in one walk over the properties. Required names have the lowest numbers, so that 64 of them are one comparison.
/// </summary>
internal sealed class ObjectCheck : Check
{
    private const int MaskBits = 64;

    private readonly KnownProperty[] _known;
    private readonly NameTable _table;
    private readonly (Pattern Pattern, SchemaNode Schema)[] _patterns;
    private readonly SchemaNode? _additional;
    private readonly SchemaNode? _names;
    private readonly ulong _required;
    private readonly int _requiredBeyondMask;

    public ObjectCheck(KnownProperty[] known, (Pattern Pattern, SchemaNode Schema)[] patterns, SchemaNode? additional, SchemaNode? names)
    {
        _known = [.. known.OrderBy(property => property.Required is null)];
        _table = new NameTable([.. _known.Select(property => property.Name)]);
        _patterns = patterns;
        _additional = additional;
        _names = names;
        var required = known.Count(property => property.Required is not null);
        _required = required >= MaskBits ? ulong.MaxValue : (1UL << required) - 1;
        _requiredBeyondMask = Math.Max(required, MaskBits);
    }

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var tokens = evaluation.Tokens;
        var tape = evaluation.Tape;
        var holds = true;
        ulong seen = 0;
        var name = token + 1;
        var count = tokens[token].Length;
        for (var n = 0; n < count; n++)
        {
            var value = name + 1;
            var evaluated = false;
            var index = _table.Find(tape, name, tokens[name].Next);
            if (index >= 0)
            {
                if (index < MaskBits) seen |= 1UL << index;
                if (_known[index].Schema is { } schema)
                {
                    evaluated = true;
                    holds &= evaluation.Evaluate(schema, value, Marks.None);
                }
            }

            if (_patterns.Length > 0) holds &= MatchPatterns(evaluation, name, ref evaluated);
            if (!evaluated && _additional is not null)
            {
                evaluated = true;
                holds &= evaluation.Evaluate(_additional, value, Marks.None);
            }

            if (_names is not null) holds &= evaluation.Evaluate(_names, name, Marks.None);
            if (evaluated && marks >= 0) evaluation.Marks.Set(marks, n);
            if (!holds && !evaluation.IsCollecting) return false;
            name = tokens[value].Next;
        }

        if ((seen & _required) != _required || _requiredBeyondMask > MaskBits) holds &= HasRequired(evaluation, token, seen);
        return holds;
    }

    private bool MatchPatterns(SchemaEvaluation evaluation, int name, ref bool evaluated)
    {
        var holds = true;
        foreach (var (pattern, schema) in _patterns)
        {
            if (!pattern.IsMatch(evaluation, name)) continue;
            evaluated = true;
            holds &= evaluation.Evaluate(schema, name + 1, Marks.None);
        }

        return holds;
    }

    private bool HasRequired(SchemaEvaluation evaluation, int token, ulong seen)
    {
        var holds = true;
        for (var index = 0; index < _known.Length && _known[index].Required is { } rule; index++)
        {
            var present = index < MaskBits ? (seen >> index & 1) != 0 : evaluation.Tape.Find(token, _known[index].Name) >= 0;
            if (!present) holds = evaluation.Fail(rule, token);
        }

        return holds;
    }
}
