using System.Globalization;
using ExchangeBus.JsonSchema.Keywords;
using ExchangeBus.JsonSchema.Loading;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>Arrays, item by item.</summary>
internal sealed partial class Prover
{
    private const int LongestExample = 200;

    private void Arrays(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        if (!facts.Allows(Kinds.Array)) return;
        facts = facts.Only(Kinds.Array);
        if (wide.Count("minItems") is { } minimum && facts.MinItems < minimum)
            failures.Add(Fails("minItems", facts, wide, Phrases.Limit("minItems", $"{minimum}"), null, _sampler.Of(facts)));
        if (wide.Count("maxItems") is { } maximum && facts.MaxItems > maximum)
            failures.Add(Fails("maxItems", facts, wide, Phrases.Limit("maxItems", $"{maximum}"), null, Long(facts, maximum + 1)));
        if (wide.IsTrue("uniqueItems") && facts.MaxItems > 1 && !facts.Parts.Any(part => part.IsTrue("uniqueItems")))
            failures.Add(Fails("uniqueItems", facts, wide, Phrases.Unique, null, Twins(facts)));
        Items(facts, wide, failures);
        Contains(facts, wide, failures);
        if ((wide.HasInPlace || wide.Has("contains")) && !wide.Has("items") && wide.Single("unevaluatedItems") is { Boolean: not true })
            failures.Add(Undecided("unevaluatedItems", facts, wide));
    }

    private void Items(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        var prefix = wide.List("prefixItems");
        var all = facts.Parts.Select(part => part.List("prefixItems").Count).Append(prefix.Count).Max();
        for (var index = 0; index <= all && index < facts.MaxItems; index++)
        {
            if ((index < prefix.Count ? prefix[index] : wide.Rest) is not { } schema) continue;
            var at = index;
            foreach (var failure in Inside(facts.Item(index), schema))
            {
                failures.Add(failure.Below(
                    index.ToString(CultureInfo.InvariantCulture), facts.LocationOf("items"), [.. failure.Examples.SelectMany(item => _sampler.WithItem(facts, at, item)).Take(8)]));
            }
        }
    }

    private void Contains(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        if (wide.Single("contains") is not { } item) return;
        if (IsSame(facts, wide, "contains", "minContains", "maxContains")) return;
        var (minimum, maximum) = (wide.Count("minContains") ?? 1, wide.Count("maxContains") ?? long.MaxValue);
        if (facts.MaxItems <= maximum && (minimum == 0 || ContainsAtLeast(facts, item, minimum))) return;
        failures.Add(minimum > 0 && maximum == long.MaxValue
            ? Fails("contains", facts, wide, Phrases.Limit("minContains", $"{minimum}"), null, _sampler.Of(facts))
            : Undecided("contains", facts, wide));
    }

    private bool ContainsAtLeast(Facts facts, SchemaAt item, long minimum)
    {
        foreach (var part in facts.Parts)
        {
            if (part.Single("contains") is { } known && (part.Count("minContains") ?? 1) >= minimum && Inside(Facts.Of([known]), item).Count == 0) return true;
        }

        if (facts.MinItems < minimum) return false;
        var last = facts.Parts.Select(part => part.List("prefixItems").Count).DefaultIfEmpty().Max();
        return Enumerable.Range(0, last + 1).Where(index => index < facts.MaxItems).All(index => Inside(facts.Item(index), item).Count == 0);
    }

    private IEnumerable<string> Long(Facts facts, long count) => count > LongestExample ? [] : _sampler.WithItems(facts, (int)count);

    private IEnumerable<string> Twins(Facts facts) =>
        _sampler.Of(facts.Item(0), 1).SelectMany(item => _sampler.WithItem(facts, 1, item, item));
}
