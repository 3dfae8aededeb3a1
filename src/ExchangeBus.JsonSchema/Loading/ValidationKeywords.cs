using System.Text;
using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Formats;
using ExchangeBus.JsonSchema.Keywords;
using ExchangeBus.JsonSchema.Numbers;
using ExchangeBus.JsonSchema.Parsing;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.JsonSchema.Loading;

internal static class ValidationKeywords
{
    private static readonly Dictionary<string, int> Types = new(StringComparer.Ordinal)
    {
        ["null"] = Kinds.Null,
        ["boolean"] = Kinds.Boolean,
        ["number"] = Kinds.Number,
        ["integer"] = Kinds.Number,
        ["string"] = Kinds.String,
        ["array"] = Kinds.Array,
        ["object"] = Kinds.Object,
    };

    private static readonly (string Keyword, Bound Bound)[] Bounds =
    [
        ("minimum", Bound.Minimum), ("exclusiveMinimum", Bound.ExclusiveMinimum),
        ("maximum", Bound.Maximum), ("exclusiveMaximum", Bound.ExclusiveMaximum),
    ];

    public static void Compile(SchemaSource source, SchemaNode node, JsonSchemaOptions options)
    {
        CompileType(source, node);
        CompileValues(source, node);
        CompileNumber(source, node);
        CompileSizes(source, node);
        CompileText(source, node, options);
    }

    private static void CompileType(SchemaSource source, SchemaNode node)
    {
        if (!source.Has("type", out var value)) return;
        string[] types = source.Tape.Tokens[value].Kind == JsonKind.Array
            ? [.. source.Items(value, "type").Select(item => source.Text(item, "type"))]
            : [source.Text(value, "type")];
        if (types.Length == 0 || !types.All(Types.ContainsKey)) throw source.Malformed("type", "a type or a list of types");
        var rule = source.Rule("type", Phrases.Type(types));
        node.AdmitOnly(types.Aggregate(0, (kinds, type) => kinds | Types[type]), rule);
        if (types.Contains("integer") && !types.Contains("number")) node.Add(new IntegerCheck(rule), Kinds.Number);
    }

    private static void CompileValues(SchemaSource source, SchemaNode node)
    {
        if (source.Has("const", out var constant))
            node.Add(new ValueSetCheck(source.Rule("const", Phrases.Constant(source.Tape, constant)), source.Tape, [constant]), Kinds.All);
        if (!source.Has("enum", out var list)) return;
        int[] values = [.. source.Items(list, "enum")];
        node.Add(new ValueSetCheck(source.Rule("enum", Phrases.Enumeration(source.Tape, values)), source.Tape, values), Kinds.All);
    }

    private static void CompileNumber(SchemaSource source, SchemaNode node)
    {
        foreach (var (keyword, bound) in Bounds)
        {
            if (!source.Has(keyword, out var limit)) continue;
            var rule = source.Rule(keyword, Phrases.Limit(keyword, Number(source, limit, keyword)));
            node.Add(new BoundCheck(rule, bound, source.Tape.Text(limit)), Kinds.Number);
        }

        if (!source.Has("multipleOf", out var divisor)) return;
        var text = Number(source, divisor, "multipleOf");
        var number = new DecimalText(source.Tape.Text(divisor));
        if (number.IsZero || number.IsNegative) throw source.Malformed("multipleOf", "greater than zero");
        node.Add(new MultipleOfCheck(source.Rule("multipleOf", Phrases.MultipleOf(text)), new Divisor(source.Tape.Text(divisor))), Kinds.Number);
    }

    private static void CompileSizes(SchemaSource source, SchemaNode node)
    {
        foreach (var (what, kinds) in (ReadOnlySpan<(string, int)>)[("Length", Kinds.String), ("Items", Kinds.Array), ("Properties", Kinds.Object)])
        {
            if (source.Count("min" + what) is { } minimum and > 0) node.Add(Size("min" + what, minimum, long.MaxValue, $"{minimum}"), kinds);
            if (source.Count("max" + what) is { } maximum) node.Add(Size("max" + what, 0, maximum, $"{maximum}"), kinds);
        }

        if (source.Has("uniqueItems", out var unique))
        {
            var kind = source.Tape.Tokens[unique].Kind;
            if (kind is not (JsonKind.True or JsonKind.False)) throw source.Malformed("uniqueItems", "a boolean");
            if (kind == JsonKind.True) node.Add(new UniqueItemsCheck(source.Rule("uniqueItems", Phrases.Unique)), Kinds.Array);
        }

        Check Size(string keyword, long minimum, long maximum, string limit)
        {
            var rule = source.Rule(keyword, Phrases.Limit(keyword, limit));
            return keyword.EndsWith("Length", StringComparison.Ordinal) ? new LengthCheck(rule, minimum, maximum) : new SizeCheck(rule, minimum, maximum);
        }
    }

    private static void CompileText(SchemaSource source, SchemaNode node, JsonSchemaOptions options)
    {
        if (source.Text("pattern") is { } pattern)
        {
            var compiled = PatternCompiler.Compile(pattern, source.Location("pattern"), options);
            node.Add(new PatternCheck(source.Rule("pattern", Phrases.Pattern(pattern, source.Title)), compiled), Kinds.String);
        }

        if (source.Text("format") is not { } format || !(options.AssertFormats || source.Dialect.AssertsFormats)) return;
        if (KnownFormats.Find(format) is { } test) node.Add(new FormatCheck(source.Rule("format", Phrases.Format(format)), test), Kinds.String);
        else if (options.UnknownKeywords == UnknownKeywords.Refuse)
            throw new SchemaLoadException("load.unknown-format", source.Location("format"), $"The format '{format}' is not known.");
    }

    private static string Number(SchemaSource source, int value, string keyword) =>
        source.Tape.Tokens[value].Kind == JsonKind.Number ? Encoding.UTF8.GetString(source.Tape.Text(value)) : throw source.Malformed(keyword, "a number");
}
