namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>
/// What is known of a value on the narrower side: it holds under each of these schemas. <c>$ref</c> and <c>allOf</c> are
/// followed. A keyword that is not read here only means that less is known, which can never make a proof wrong.
/// </summary>
internal sealed partial class Facts
{
    private readonly IReadOnlyList<SchemaAt> _given;
    private readonly IReadOnlySet<string> _resolved;
    private readonly IReadOnlySet<string> _extra;
    private IReadOnlyList<string>? _values;
    private bool _valuesKnown;

    private Facts(IReadOnlyList<SchemaAt> given, int kinds, IReadOnlySet<string> extra, IReadOnlySet<string> resolved)
    {
        (_given, _extra, _resolved) = (given, extra, resolved);
        var required = new HashSet<string>(extra, StringComparer.Ordinal);
        var parts = new SortedDictionary<int, SchemaAt>();
        foreach (var schema in given) Add(schema, parts, required);
        for (var known = -1; known != parts.Count;)
        {
            known = parts.Count;
            foreach (var part in parts.Values.ToList())
            {
                foreach (var (cause, schema) in part.Map("dependentSchemas"))
                {
                    if (required.Contains(cause)) Add(schema, parts, required);
                }
            }
        }

        Parts = [.. parts.Values];
        Required = required;
        IsFalse = Parts.Any(part => part.Boolean is false);
        Kinds = kinds & Keywords.Kinds.All;
        foreach (var part in Parts)
        {
            if (part.Types is not { } types) continue;
            Kinds &= types.Kinds;
            IsInteger |= types.IsInteger;
        }

        Key = $"{string.Join(',', parts.Keys)}|{Kinds}|{string.Join('\n', extra.Order(StringComparer.Ordinal))}|{string.Join(',', resolved.Order(StringComparer.Ordinal))}";
    }

    /// <summary>All schemas that the value holds under, in an order that does not depend on how they were found.</summary>
    public IReadOnlyList<SchemaAt> Parts { get; }

    /// <summary>Kinds the value may have.</summary>
    public int Kinds { get; }

    public bool IsInteger { get; }

    /// <summary>Whether no value can hold.</summary>
    public bool IsFalse { get; }

    /// <summary>Equal for equal knowledge.</summary>
    public string Key { get; }

    public IReadOnlySet<string> Required { get; }

    public static Facts Of(IReadOnlyList<SchemaAt> given) => new(given, Keywords.Kinds.All, new HashSet<string>(), new HashSet<string>());

    public Facts With(params SchemaAt[] more) => new([.. _given, .. more], Kinds, _extra, _resolved);

    public Facts Only(int kinds) => new(_given, Kinds & kinds, _extra, _resolved);

    public Facts Requiring(string name) => new(_given, Kinds & Keywords.Kinds.Object, new HashSet<string>(_extra, StringComparer.Ordinal) { name }, _resolved);

    public bool Allows(int kinds) => !IsFalse && (Kinds & kinds) != 0;

    public bool IsValid(string json) =>
        (KindOf(json) & Kinds) != 0 && _given.All(schema => schema.IsValid(json)) && (_extra.Count == 0 || HasAll(json));

    /// <summary>Every value there is, where <c>const</c>, <c>enum</c> or the kind leaves finitely many; null where not.</summary>
    public IReadOnlyList<string>? Values()
    {
        if (_valuesKnown) return _values;
        _valuesKnown = true;
        if (Parts.FirstOrDefault(part => part.Constants is not null) is { } listed)
            _values = [.. listed.Constants!.Select(value => JsonText.Of(listed.Tape, value)).Where(IsValid)];
        else if ((Kinds & ~(Keywords.Kinds.Null | Keywords.Kinds.Boolean)) == 0)
            _values = [.. new[] { "null", "true", "false" }.Where(IsValid)];
        return _values;
    }

    /// <summary>Alternatives of which at least one holds, each as what is then known; null when none is left to divide by.</summary>
    public IReadOnlyList<Facts>? Split()
    {
        foreach (var part in Parts)
        {
            foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf"])
            {
                var branches = part.List(keyword);
                var mark = $"{part.Id}{keyword}";
                if (branches.Count > 0 && !_resolved.Contains(mark)) return [.. branches.Select(branch => Resolving(mark).With(branch))];
            }

            if (part.Single("if") is not { } condition || _resolved.Contains($"{part.Id}if")) continue;
            var then = part.Single("then");
            var @else = part.Single("else");
            if (then is null && @else is null) continue;
            var open = Resolving($"{part.Id}if");
            return [then is null ? open.With(condition) : open.With(condition, then), @else is null ? open : open.With(@else)];
        }

        return null;
    }

    /// <summary>The keyword of the part that says most about it, else the place itself.</summary>
    public string LocationOf(string keyword)
    {
        if (Parts.FirstOrDefault(part => part.Has(keyword)) is { } has) return has.LocationOf(keyword);
        return (Parts.FirstOrDefault(part => part.Has("type") || part.Has("properties")) ?? (Parts.Count > 0 ? Parts[0] : null))?.Location ?? "";
    }

    private static void Add(SchemaAt schema, SortedDictionary<int, SchemaAt> parts, HashSet<string> required)
    {
        var pending = new Stack<SchemaAt>([schema]);
        while (pending.TryPop(out var part))
        {
            if (!parts.TryAdd(part.Id, part)) continue;
            required.UnionWith(part.Required);
            if (part.Reference is { } target) pending.Push(target);
            foreach (var member in part.List("allOf")) pending.Push(member);
        }
    }

    private Facts Resolving(string mark) => new(_given, Kinds, _extra, new HashSet<string>(_resolved, StringComparer.Ordinal) { mark });

    private bool HasAll(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json, new() { MaxDepth = 1_000 });
        return _extra.All(name => document.RootElement.TryGetProperty(name, out _));
    }

    private static int KindOf(string json) => json[0] switch
    {
        '{' => Keywords.Kinds.Object,
        '[' => Keywords.Kinds.Array,
        '"' => Keywords.Kinds.String,
        'n' => Keywords.Kinds.Null,
        't' or 'f' => Keywords.Kinds.Boolean,
        _ => Keywords.Kinds.Number,
    };
}
