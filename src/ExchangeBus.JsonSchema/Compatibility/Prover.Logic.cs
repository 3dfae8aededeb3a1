using ExchangeBus.JsonSchema.Loading;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>References and combinations.</summary>
internal sealed partial class Prover
{
    private void Logic(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        if (wide.Reference is { } target) failures.AddRange(Prove(facts, target));
        foreach (var member in wide.List("allOf")) failures.AddRange(Prove(facts, member));
        if (wide.Has("anyOf")) Alternatives(facts, wide, failures);
        if (wide.Has("oneOf") && !IsSame(facts, wide, "oneOf") && !IsExactlyOne(facts, wide.List("oneOf")))
            failures.Add(Fails("oneOf", facts, wide, Phrases.OneOfMany, null, _sampler.Of(facts)));
        if (wide.Single("not") is { } not && !IsSame(facts, wide, "not") && !IsNever(facts, not))
            failures.Add(Fails("not", facts, wide, Phrases.Not, null, _sampler.Of(facts.With(not))));
        if (wide.Has("if")) Condition(facts, wide, failures);
        Dependents(facts, wide, failures);
        if (wide.Has("dependencies")) failures.Add(Undecided("dependencies", facts, wide));
    }

    private void Alternatives(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        var examples = new List<string>();
        foreach (var member in wide.List("anyOf"))
        {
            var refused = Prove(facts, member);
            if (refused.Count == 0) return;
            examples.AddRange(refused.SelectMany(failure => failure.Examples));
        }

        failures.Add(Fails("anyOf", facts, wide, Phrases.AnyOf, null, examples.Distinct(StringComparer.Ordinal)));
    }

    private bool IsExactlyOne(Facts facts, IReadOnlyList<SchemaAt> members)
    {
        var holding = members.FirstOrDefault(member => Prove(facts, member).Count == 0);
        return holding is not null && members.All(member => member == holding || IsNever(facts.With(holding), member));
    }

    /// <summary>Whether nothing that the facts allow holds under the schema.</summary>
    private bool IsNever(Facts facts, SchemaAt schema)
    {
        if (_emptiness.IsEmpty(facts.With(schema))) return true;
        // What is not t cannot be s where every s is a t.
        return facts.Parts.Any(part => part.Single("not") is { } excluded && Prove(Facts.Of([schema]), excluded).Count == 0);
    }

    private void Condition(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        if (IsSame(facts, wide, "if", "then", "else")) return;
        var condition = wide.Single("if")!;
        var alike = facts.Parts.Where(part => part.Has("if") && _equality.SameIn(part, wide, "if")).ToList();
        if (wide.Single("then") is { } then)
            failures.AddRange(Prove(facts.With([condition, .. alike.Select(part => part.Single("then")).OfType<SchemaAt>()]), then));
        if (wide.Single("else") is not { } @else) return;
        var otherwise = Prove(facts.With([.. alike.Select(part => part.Single("else")).OfType<SchemaAt>()]), @else);
        if (otherwise.Count > 0 && Prove(facts, condition).Count > 0) failures.AddRange(otherwise);
    }

    private void Dependents(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        foreach (var (cause, schema) in wide.Map("dependentSchemas"))
        {
            var present = facts.Requiring(cause);
            if (present.Kinds != 0 && MayHave(facts, cause)) failures.AddRange(Prove(present, schema));
        }
    }
}
