using System.Text;
using ExchangeBus.JsonSchema.Keywords;
using ExchangeBus.JsonSchema.Loading;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>A schema at its place, with its keywords read. Compiled before, so that every keyword is known to be well-formed.</summary>
internal sealed class SchemaAt(SchemaSide side, int id, SchemaDocument document, int token, SchemaSource source)
{
    // Applied to the same value and able to evaluate its properties or items.
    private static readonly string[] InPlace = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas", "dependencies"];

    private readonly Dictionary<string, IReadOnlyDictionary<string, SchemaAt>> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<SchemaAt>> _lists = new(StringComparer.Ordinal);
    private CompiledSchema? _compiled;
    private IReadOnlySet<string>? _required;

    public int Id => id;

    public SchemaSide Side => side;

    public SchemaSource Source => source;

    public JsonTape Tape => source.Tape;

    public bool? Boolean => source.Boolean;

    public string Location => source.Place.Location;

    public bool AssertsFormats => side.Options.AssertFormats || source.Dialect.AssertsFormats;

    public bool HasInPlace => InPlace.Any(Has);

    public IEnumerable<string> Keywords => source.IsObject ? source.Keywords.Where(source.Dialect.Knows) : [];

    public SchemaAt? Reference => Text("$ref") is { } reference ? side.Target(source, reference) : null;

    /// <summary>What unnamed properties are held to. With nothing applied in place, <c>unevaluatedProperties</c> says the same.</summary>
    public SchemaAt? Additional => Single("additionalProperties") ?? (HasInPlace ? null : Single("unevaluatedProperties"));

    /// <summary>What items behind the prefix are held to.</summary>
    public SchemaAt? Rest => Single("items") ?? (HasInPlace || Has("contains") ? null : Single("unevaluatedItems"));

    public IReadOnlySet<string> Required =>
        _required ??= Find("required") is { } value ? source.Names(value, "required").Select(Encoding.UTF8.GetString).ToHashSet(StringComparer.Ordinal) : new HashSet<string>();

    /// <summary>Kinds that <c>type</c> admits, and whether numbers must be integers.</summary>
    public (int Kinds, bool IsInteger)? Types
    {
        get
        {
            if (TypeNames is not { } names) return null;
            var kinds = names.Aggregate(0, (all, name) => all | KindOf(name));
            return (kinds, names.Contains("integer") && !names.Contains("number"));
        }
    }

    public string[]? TypeNames =>
        Find("type") is not { } value ? null
        : Tape.Tokens[value].Kind == JsonKind.Array ? [.. source.Items(value, "type").Select(item => source.Text(item, "type"))]
        : [source.Text(value, "type")];

    /// <summary>Tokens of the values of <c>const</c> or <c>enum</c>.</summary>
    public int[]? Constants =>
        Find("const") is { } constant ? [constant] : Find("enum") is { } list ? [.. source.Items(list, "enum")] : null;

    public bool Has(string keyword) => Find(keyword) is not null;

    public int? Find(string keyword) => source.IsObject && source.Has(keyword, out var value) ? value : null;

    public string? Text(string keyword) => source.IsObject ? source.Text(keyword) : null;

    public long? Count(string keyword) => source.IsObject ? source.Count(keyword) : null;

    public byte[]? Number(string keyword) => Find(keyword) is { } value ? Tape.Text(value).ToArray() : null;

    public bool IsTrue(string keyword) => Find(keyword) is { } value && Tape.Tokens[value].Kind == JsonKind.True;

    public SchemaAt? Single(string keyword) => Find(keyword) is { } value ? side.At(document, value) : null;

    public IReadOnlyList<SchemaAt> List(string keyword)
    {
        if (_lists.TryGetValue(keyword, out var known)) return known;
        return _lists[keyword] = Find(keyword) is { } value ? [.. source.Items(value, keyword).Select(item => side.At(document, item))] : [];
    }

    public IReadOnlyDictionary<string, SchemaAt> Map(string keyword)
    {
        if (_maps.TryGetValue(keyword, out var known)) return known;
        return _maps[keyword] = Find(keyword) is { } value
            ? source.Members(value, keyword).ToDictionary(member => member.Name, member => side.At(document, member.Value), StringComparer.Ordinal)
            : new Dictionary<string, SchemaAt>();
    }

    public IEnumerable<(string Cause, string Needed)> DependentRequired =>
        Find("dependentRequired") is not { } value ? []
        : source.Members(value, "dependentRequired").SelectMany(member =>
            source.Names(member.Value, "dependentRequired").Select(name => (member.Name, Encoding.UTF8.GetString(name))));

    public string LocationOf(string keyword) => source.Location(keyword);

    public bool IsValid(string json) => (_compiled ??= side.Compiled(document, token)).IsValid(Encoding.UTF8.GetBytes(json));

    public IReadOnlyList<SchemaViolation> Validate(string json) => (_compiled ??= side.Compiled(document, token)).Validate(Encoding.UTF8.GetBytes(json));

    private static int KindOf(string type) => type switch
    {
        "null" => Kinds.Null,
        "boolean" => Kinds.Boolean,
        "string" => Kinds.String,
        "array" => Kinds.Array,
        "object" => Kinds.Object,
        _ => Kinds.Number,
    };
}
