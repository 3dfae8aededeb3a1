using System.Text;
using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Keywords;
using ExchangeBus.JsonSchema.Parsing;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.JsonSchema.Loading;

internal static class ApplicatorKeywords
{
    public static void Compile(SchemaSource source, SchemaNode node, SchemaCompiler compiler)
    {
        CompileObject(source, node, compiler);
        CompileArray(source, node, compiler);
        CompileLogic(source, node, compiler);
        CompileDependents(source, node, compiler);
    }

    /// <summary>Comes last: it needs what all keywords beside it have evaluated.</summary>
    public static void CompileUnevaluated(SchemaSource source, SchemaNode node, SchemaCompiler compiler)
    {
        if (source.Has("unevaluatedProperties", out var properties))
            node.AddUnevaluated(new UnevaluatedPropertiesCheck(compiler.Child(source, properties, "unevaluatedProperties")), JsonKind.Object);
        if (source.Has("unevaluatedItems", out var items))
            node.AddUnevaluated(new UnevaluatedItemsCheck(compiler.Child(source, items, "unevaluatedItems")), JsonKind.Array);
    }

    private static void CompileObject(SchemaSource source, SchemaNode node, SchemaCompiler compiler)
    {
        var known = new Dictionary<string, KnownProperty>(StringComparer.Ordinal);
        if (source.Has("properties", out var properties))
        {
            foreach (var (name, utf8, value) in source.Members(properties, "properties"))
                known[name] = new KnownProperty(utf8, compiler.Child(source, value, "properties"), null);
        }

        if (source.Has("required", out var required))
        {
            foreach (var utf8 in source.Names(required, "required"))
            {
                var name = Encoding.UTF8.GetString(utf8);
                var rule = source.Rule("required", Phrases.Missing(name));
                known[name] = new KnownProperty(utf8, known.TryGetValue(name, out var property) ? property.Schema : null, rule);
            }
        }

        var patterns = new List<(Pattern, SchemaNode)>();
        if (source.Has("patternProperties", out var patternProperties))
        {
            foreach (var (pattern, _, value) in source.Members(patternProperties, "patternProperties"))
            {
                var place = source.Location("patternProperties/" + InstancePointer.Escape(pattern));
                patterns.Add((PatternCompiler.Compile(pattern, place, compiler.Options), compiler.Child(source, value, "patternProperties")));
            }
        }

        var additional = Single(source, "additionalProperties", compiler);
        var names = Single(source, "propertyNames", compiler);
        if (known.Count + patterns.Count > 0 || additional is not null || names is not null)
            node.Add(new ObjectCheck([.. known.Values], [.. patterns], additional, names), Kinds.Object);
    }

    private static void CompileArray(SchemaSource source, SchemaNode node, SchemaCompiler compiler)
    {
        var prefix = List(source, "prefixItems", compiler);
        var rest = Single(source, "items", compiler);
        if (prefix.Length > 0 || rest is not null) node.Add(new ItemsCheck(prefix, rest), Kinds.Array);

        if (Single(source, "contains", compiler) is not { } item) return;
        var minimum = source.Count("minContains");
        var maximum = source.Count("maxContains");
        var minimumRule = source.Rule(minimum is null ? "contains" : "minContains", Phrases.Limit("minContains", $"{minimum ?? 1}"));
        var maximumRule = source.Rule("maxContains", Phrases.Limit("maxContains", $"{maximum}"));
        node.Add(new ContainsCheck(item, minimum ?? 1, maximum ?? long.MaxValue, minimumRule, maximumRule), Kinds.Array);
    }

    private static void CompileLogic(SchemaSource source, SchemaNode node, SchemaCompiler compiler)
    {
        if (source.Has("allOf", out _)) node.Add(new AllOfCheck(InPlace(node, List(source, "allOf", compiler))), Kinds.All);
        foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            if (!source.Has(keyword, out _)) continue;
            var branches = InPlace(node, List(source, keyword, compiler));
            node.Add(
                new BranchCheck(branches, keyword == "oneOf", source.Rule(keyword, Phrases.AnyOf), source.Rule(keyword, Phrases.OneOfMany)),
                Kinds.All);
        }

        if (Single(source, "not", compiler) is { } not) node.Add(new NotCheck(InPlace(node, [not])[0], source.Rule("not", Phrases.Not)), Kinds.All);

        var then = Single(source, "then", compiler);
        var @else = Single(source, "else", compiler);
        if (Single(source, "if", compiler) is not { } condition) return;
        InPlace(node, [.. new[] { condition, then, @else }.OfType<SchemaNode>()]);
        node.Add(new IfCheck(condition, then, @else), Kinds.All);
    }

    private static void CompileDependents(SchemaSource source, SchemaNode node, SchemaCompiler compiler)
    {
        var schemas = new List<(byte[], SchemaNode)>();
        var names = new List<(byte[], byte[], Rule)>();
        foreach (var keyword in (ReadOnlySpan<string>)["dependentSchemas", "dependentRequired", "dependencies"])
        {
            if (!source.Has(keyword, out var value)) continue;
            foreach (var (cause, utf8, dependent) in source.Members(value, keyword))
            {
                var isList = source.Tape.Tokens[dependent].Kind == JsonKind.Array;
                if (keyword == "dependentSchemas" || (keyword == "dependencies" && !isList))
                {
                    schemas.Add((utf8, InPlace(node, [compiler.Child(source, dependent, keyword)])[0]));
                    continue;
                }

                var below = "/" + InstancePointer.Escape(cause);
                foreach (var needed in source.Names(dependent, keyword))
                    names.Add((utf8, needed, source.Rule(keyword, Phrases.MissingBeside(Encoding.UTF8.GetString(needed), cause), below)));
            }
        }

        if (schemas.Count > 0) node.Add(new DependentSchemasCheck([.. schemas]), Kinds.Object);
        if (names.Count > 0) node.Add(new DependentRequiredCheck([.. names]), Kinds.Object);
    }

    private static SchemaNode? Single(SchemaSource source, string keyword, SchemaCompiler compiler) =>
        source.Has(keyword, out var value) ? compiler.Child(source, value, keyword) : null;

    private static SchemaNode[] List(SchemaSource source, string keyword, SchemaCompiler compiler)
    {
        if (!source.Has(keyword, out var value)) return [];
        SchemaNode[] list = [.. source.Items(value, keyword).Select(item => compiler.Child(source, item, keyword))];
        return list.Length > 0 ? list : throw source.Malformed(keyword, "a non-empty array of schemas");
    }

    private static SchemaNode[] InPlace(SchemaNode node, SchemaNode[] applied)
    {
        node.InPlace.AddRange(applied);
        return applied;
    }
}
