using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Checks.CodeLists;

namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>
/// Makes the plan of a schema: goes through its fields, follows references, and finds out what each field is. What lies behind
/// <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>, <c>if</c>, <c>then</c> and <c>else</c> counts too: which branch holds is the validator's matter.
/// </summary>
internal sealed class PlanCompiler(SchemaFiles files, CodeListFolder lists)
{
    private const int MaxDepth = 16;
    private static readonly string[] Branches = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] Alternatives = ["if", "then", "else"];
    private string? _eventDate;
    private int _slots;

    /// <exception cref="InvalidOperationException">A schema names a code list or a date role that does not exist.</exception>
    internal RulePlan Compile(SchemaPart schema)
    {
        _slots = 0;
        _eventDate = (string?)schema.Schema["x-event-date"] is { } pointer ? "/data" + pointer : null;
        return new RulePlan(Build("/data", "", [schema], isItem: false, depth: 0), _slots);
    }

    private PlanNode Build(string pointer, string name, IEnumerable<SchemaPart> schemas, bool isItem, int depth)
    {
        var parts = new List<SchemaPart>();
        var definitions = new List<string>();
        foreach (var schema in schemas)
            Unfold(schema, parts, definitions, 0);

        var slot = _slots++;
        var deeper = depth < MaxDepth;
        var fields = deeper ? parts.SelectMany(FieldsOf).GroupBy(f => f.Name, f => f.Schema).ToArray() : [];
        PlanNode[] children = [.. fields.Select(f => Build($"{pointer}/{Escape(f.Key)}", f.Key, f, isItem: false, depth + 1))];
        var items = deeper ? parts.SelectMany(p => Subschemas(p, "items", "prefixItems")).ToArray() : [];
        var others = deeper ? parts.SelectMany(p => Subschemas(p, "additionalProperties")).ToArray() : [];
        var (kind, list) = KindOf(parts, definitions, pointer);
        return new PlanNode
        {
            Pointer = pointer,
            Kind = kind,
            List = list,
            Role = kind is FieldKind.PartialDate or FieldKind.DateTime ? RoleOf(parts, name, pointer) : DateRole.None,
            IsEventDate = pointer == _eventDate,
            IsItem = isItem,
            Slot = slot,
            Names = [.. fields.Select(f => Encoding.UTF8.GetBytes(f.Key))],
            Children = children,
            Items = items.Length == 0 ? null : Build($"{pointer}/{PlanNode.Index}", name, items, isItem: true, depth + 1),
            Others = others.Length == 0 ? null : Build(pointer, name, others, isItem: false, depth + 1),
            Relations = RelationFinder.Of([.. fields.Select(f => f.Key)], children),
            EndSlot = _slots,
        };
    }

    private void Unfold(SchemaPart part, List<SchemaPart> parts, List<string> definitions, int depth)
    {
        if (depth > MaxDepth)
            return;
        parts.Add(part);
        if ((string?)part.Schema["$ref"] is { } reference)
        {
            if (SchemaFiles.DefinitionOf(reference, part.File) is { } definition)
                definitions.Add(definition);
            if (files.Follow(reference, part.File) is { } target)
                Unfold(target, parts, definitions, depth + 1);
        }

        foreach (var branch in Subschemas(part, Branches).Concat(Subschemas(part, Alternatives)))
            Unfold(branch, parts, definitions, depth + 1);
    }

    private (FieldKind Kind, CodeList? List) KindOf(List<SchemaPart> parts, List<string> definitions, string pointer)
    {
        var kind = definitions.Select(d => Vocabulary.Definitions.GetValueOrDefault(d)).FirstOrDefault(k => k != FieldKind.Other);
        var named = parts.Select(p => (string?)p.Schema["x-code-list"]).FirstOrDefault(n => n is not null)
            ?? definitions.Select(d => Vocabulary.Lists.GetValueOrDefault(d)).FirstOrDefault(n => n is not null);
        // A gender is compared with the personal id; that it is one of the list the schema says itself.
        if (named is null || kind == FieldKind.Gender)
            return (kind, null);
        if (CodeListFolder.IsUnits(named))
            return (kind == FieldKind.Commune ? kind : FieldKind.Unit, null);
        return (FieldKind.Listed, lists.Find(named) ?? throw new InvalidOperationException($"{pointer} names the code list '{named}', which lists.json does not have."));
    }

    private static DateRole RoleOf(List<SchemaPart> parts, string name, string pointer)
    {
        if (parts.Select(p => (string?)p.Schema["x-date-role"]).FirstOrDefault(r => r is not null) is not { } role)
            return Vocabulary.Dates.GetValueOrDefault(name);
        return Enum.TryParse<DateRole>(role, ignoreCase: true, out var known)
            ? known
            : throw new InvalidOperationException($"{pointer} has the date role '{role}', which does not exist.");
    }

    private static IEnumerable<(string Name, SchemaPart Schema)> FieldsOf(SchemaPart part) =>
        from field in part.Schema["properties"] as JsonObject ?? []
        where field.Value is JsonObject
        select (field.Key, part with { Schema = (JsonObject)field.Value! });

    private static IEnumerable<SchemaPart> Subschemas(SchemaPart part, params string[] keywords) => keywords
        .SelectMany(keyword => part.Schema[keyword] is JsonArray list ? list.AsEnumerable() : [part.Schema[keyword]])
        .OfType<JsonObject>().Select(schema => part with { Schema = schema });

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
