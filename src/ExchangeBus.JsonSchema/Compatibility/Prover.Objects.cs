using ExchangeBus.JsonSchema.Keywords;
using ExchangeBus.JsonSchema.Loading;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>Objects, property by property.</summary>
internal sealed partial class Prover
{
    private void Objects(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        if (!facts.Allows(Kinds.Object)) return;
        facts = facts.Only(Kinds.Object);
        foreach (var name in wide.Required.Except(facts.Required, StringComparer.Ordinal))
            failures.Add(Fails("required", facts, wide, Phrases.Missing(name), null, _sampler.Without(facts, name)));

        foreach (var (cause, needed) in wide.DependentRequired)
        {
            if (facts.Required.Contains(needed) || facts.Parts.Any(part => part.DependentRequired.Contains((cause, needed))) || !MayHave(facts, cause)) continue;
            failures.Add(Fails("dependentRequired", facts, wide, Phrases.MissingBeside(needed, cause), null, _sampler.Without(facts.Requiring(cause), needed)));
        }

        if (wide.Count("minProperties") is { } minimum && facts.MinProperties < minimum)
            failures.Add(Fails("minProperties", facts, wide, Phrases.Limit("minProperties", $"{minimum}"), null, _sampler.Of(facts)));
        if (wide.Count("maxProperties") is { } maximum && facts.MaxProperties > maximum)
            failures.Add(Fails("maxProperties", facts, wide, Phrases.Limit("maxProperties", $"{maximum}"), null, _sampler.WithCount(facts, maximum + 1)));
        if (wide.Single("propertyNames") is { } names) PropertyNames(facts, wide, names, failures);
        if (wide.Has("properties") || wide.Has("patternProperties") || wide.Additional is not null) Properties(facts, wide, failures);
        if (wide.HasInPlace && !wide.Has("additionalProperties") && wide.Single("unevaluatedProperties") is { Boolean: not true })
            failures.Add(Undecided("unevaluatedProperties", facts, wide));
    }

    private bool MayHave(Facts facts, string name) => facts.AllowsName(name) && !_emptiness.IsEmpty(facts.Child(name, _comparison));

    private void PropertyNames(Facts facts, SchemaAt wide, SchemaAt names, List<Failure> failures)
    {
        if (facts.ClosedNames is not { } closed)
        {
            failures.AddRange(Inside(facts.PropertyNames, names).Select(failure => failure with
            {
                Path = [],
                Narrow = failure.Narrow.Length > 0 ? failure.Narrow : facts.LocationOf("propertyNames"),
                Examples = [.. failure.Examples.SelectMany(name => _sampler.With(facts, Unquote(name), null))],
            }));
            return;
        }

        foreach (var name in closed.Where(name => MayHave(facts, name) && !names.IsValid(JsonText.Quote(name))))
            failures.Add(Fails("propertyNames", facts, wide, Phrases.False, null, _sampler.With(facts, name, null)));
    }

    private void Properties(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        if (facts.Parts.Any(part => _equality.SameIn(part, wide, "properties", "patternProperties", "additionalProperties", "unevaluatedProperties")
            && part.HasInPlace == wide.HasInPlace)) return;
        if (NamesToTry(facts, wide) is not { } names)
        {
            failures.Add(Failure.Undecided("patternProperties", facts.LocationOf("patternProperties"), wide.LocationOf("patternProperties"), FindingWording.Pattern));
            return;
        }

        foreach (var name in names)
        {
            var child = facts.Child(name, _comparison);
            foreach (var schema in SchemasOf(wide, name))
            {
                if (schema.Boolean is false && _emptiness.IsEmpty(child)) continue;
                foreach (var failure in Inside(child, schema))
                    failures.Add(failure.Below(name, facts.LocationOf("additionalProperties"), [.. failure.Examples.SelectMany(value => _sampler.With(facts, name, value)).Take(8)]));
            }
        }
    }

    private IEnumerable<SchemaAt> SchemasOf(SchemaAt wide, string name)
    {
        var isEvaluated = wide.Map("properties").TryGetValue(name, out var named);
        if (named is not null) yield return named;
        foreach (var (pattern, schema) in wide.Map("patternProperties"))
        {
            if (!_comparison.AutomatonOf(pattern, wide.Side.Options)!.IsMatch(System.Text.Encoding.UTF8.GetBytes(name))) continue;
            isEvaluated = true;
            yield return schema;
        }

        if (!isEvaluated && wide.Additional is { } additional) yield return additional;
    }

    /// <summary>
    /// Every name that one of the two knows, and one for each way in which the patterns can match an unknown one: whatever holds
    /// of that one holds of all that match alike. Null when the patterns cannot be followed.
    /// </summary>
    private List<string>? NamesToTry(Facts facts, SchemaAt wide)
    {
        var known = facts.Names.Concat(wide.Map("properties").Keys).ToHashSet(StringComparer.Ordinal);
        var texts = wide.Map("patternProperties").Keys.Select(text => (Text: text, wide.Side.Options)).ToList();
        if (texts.Any(pattern => _comparison.AutomatonOf(pattern.Text, pattern.Options) is null)) return null;
        if (facts.ClosedNames is { } closed) return [.. known.Where(name => closed.Contains(name) && facts.AllowsName(name))];
        if (facts.PropertyNames.Values() is { } listed) return [.. listed.Select(Unquote)];
        texts.AddRange(facts.Parts.SelectMany(part => part.Map("patternProperties").Keys.Select(text => (text, part.Side.Options))));
        // An unknown name stands for others, so that it may only be left out where its pattern says that all of them are.
        var admitted = facts.PropertyNames.Parts.Select(part => part.Text("pattern") is { } text ? _comparison.AutomatonOf(text, part.Side.Options) : null).OfType<Automaton>().ToList();
        var names = known.Where(facts.AllowsName).ToList();
        if (texts.Count + admitted.Count == 0) return [.. names, Unknown(known)];

        var automata = texts.Select(pattern => _comparison.AutomatonOf(pattern.Text, pattern.Options)).OfType<Automaton>().Distinct().ToList();
        if (_comparison.AutomatonOf("^(?:" + string.Join('|', known.Select(Escape).DefaultIfEmpty("[]")) + ")$", wide.Side.Options) is not { } isKnown) return null;
        var alike = new HashSet<string>(StringComparer.Ordinal);
        var hasEnded = new TextSearch(admitted, [isKnown, .. automata], 0).Walk(long.MaxValue, _comparison, (text, matches, _) =>
        {
            if (!matches[0] && alike.Add(string.Concat(matches.Select(match => match ? '1' : '0')))) names.Add(text());
            return false;
        });
        return hasEnded ? names : null;
    }

    private static string Unknown(HashSet<string> known) =>
        Enumerable.Range(0, int.MaxValue).Select(number => number == 0 ? "unknownField" : $"unknownField{number}").First(name => !known.Contains(name));

    private static string Escape(string name) => string.Concat(name.EnumerateRunes().Select(rune => $"\\u{{{rune.Value:x}}}"));

    private static string Unquote(string json) => System.Text.Json.JsonSerializer.Deserialize<string>(json)!;
}
