namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>Objects and arrays, built around a property or item that matters.</summary>
internal sealed partial class Sampler
{
    private const int WideAtDepth = 2;
    private const int LongestFilled = 64;

    /// <summary>Objects in which a property is set, or is given some value where <paramref name="value"/> is null.</summary>
    public IEnumerable<string> With(Facts facts, string name, string? value) =>
        (value is not null ? [value] : Of(facts.Child(name, comparison), 1).Take(2))
        .SelectMany(one => Variants(facts).Select(variant => Object(variant, new() { [name] = one }, null, 0, 0))).OfType<string>();

    public IEnumerable<string> Without(Facts facts, string name) => Variants(facts).Select(variant => Object(variant, [], name, 0, 0)).OfType<string>();

    public IEnumerable<string> WithCount(Facts facts, long count) =>
        count > LongestFilled ? [] : Variants(facts).Select(variant => Object(variant, [], null, (int)count, 0)).OfType<string>();

    public IEnumerable<string> WithItem(Facts facts, int index, params string[] items) =>
        Variants(facts).Select(variant => Array(variant, index + 1 - items.Length, items, 0, 0)).OfType<string>();

    public IEnumerable<string> WithItems(Facts facts, int count) => Variants(facts).Select(variant => Array(variant, 0, [], count, 0)).OfType<string>();

    private IEnumerable<string> Objects(Facts facts, int depth)
    {
        if (Object(facts, [], null, 0, depth) is { } least) yield return least;
        if (depth >= WideAtDepth) yield break;
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in facts.Names.Take(LongestFilled))
        {
            if (Of(facts.Child(name, comparison), depth + 1) is not [var value, ..]) continue;
            all[name] = value;
            if (depth == 0 && Object(facts, new() { [name] = value }, null, 0, depth) is { } one) yield return one;
        }

        if (Object(facts, all, null, 0, depth) is { } most) yield return most;
        if (Object(facts, [], null, (int)Math.Min(facts.MinProperties, LongestFilled) + 1, depth) is { } more) yield return more;
    }

    private IEnumerable<string> Arrays(Facts facts, int depth)
    {
        var least = (int)Math.Min(facts.MinItems, LongestFilled);
        foreach (var count in (int[])[least, least + 1, least + 2])
        {
            if (Array(facts, 0, [], count, depth) is { } array) yield return array;
        }
    }

    private string? Object(Facts facts, Dictionary<string, string> given, string? omitted, int count, int depth)
    {
        var properties = new Dictionary<string, string>(given, StringComparer.Ordinal);
        var pending = new Queue<string>(facts.Required);
        foreach (var name in given.Keys) Needs(name);
        while (pending.TryDequeue(out var name))
        {
            if (name == omitted || properties.ContainsKey(name)) continue;
            if (Of(facts.Child(name, comparison), depth + 1) is not [var value, ..]) return null;
            properties[name] = value;
            Needs(name);
        }

        var fill = Math.Max(count, (int)Math.Min(facts.MinProperties, LongestFilled));
        foreach (var name in facts.Names.Concat(Enumerable.Range(1, LongestFilled).Select(number => $"unknownField{number}")))
        {
            if (properties.Count >= fill) break;
            if (name != omitted && !properties.ContainsKey(name) && Of(facts.Child(name, comparison), depth + 1) is [var value, ..]) properties[name] = value;
        }

        return JsonText.Object(properties);

        void Needs(string name)
        {
            foreach (var (cause, needed) in facts.Parts.SelectMany(part => part.DependentRequired))
            {
                if (cause == name) pending.Enqueue(needed);
            }
        }
    }

    private string? Array(Facts facts, int before, string[] given, int count, int depth)
    {
        var items = new List<string>();
        var length = Math.Max(Math.Max(before + given.Length, count), (int)Math.Min(facts.MinItems, LongestFilled));
        var isUnique = facts.Parts.Any(part => part.IsTrue("uniqueItems"));
        while (items.Count < length)
        {
            if (items.Count == before && given.Length > 0)
            {
                items.AddRange(given);
                continue;
            }

            var choices = Of(facts.Item(items.Count), depth + 1);
            var item = choices.FirstOrDefault(choice => !isUnique || (!items.Contains(choice) && !given.Contains(choice)));
            if (item is null) return null;
            items.Add(item);
        }

        return JsonText.Array(items);
    }

    /// <summary>The facts with alternatives chosen, so that what a branch demands is known while an object is built.</summary>
    private static IEnumerable<Facts> Variants(Facts facts, int choices = 3)
    {
        if (choices == 0 || facts.Split() is not { } branches) return [facts];
        return branches.Take(6).SelectMany(branch => Variants(branch, choices - 1)).Take(12);
    }
}
