using System.Text;
using ExchangeBus.Checks.CodeLists;

namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>Makes the plan of a schema: goes through its fields, follows references, and finds out what each field is.</summary>
internal sealed class PlanCompiler(SchemaFiles files, CodeListFolder lists)
{
    private const int MaxDepth = AppliedSchemas.MaxDepth;
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
        var applied = new AppliedSchemas(files, schemas);
        var slot = _slots++;
        var deeper = depth < MaxDepth;
        var fields = deeper ? applied.Fields.ToArray() : [];
        PlanNode[] children = [.. fields.Select(f => Build($"{pointer}/{Escape(f.Key)}", f.Key, f, isItem: false, depth + 1))];
        var items = deeper ? applied.Items.ToArray() : [];
        var others = deeper ? applied.Others.ToArray() : [];
        var (kind, list) = KindOf(applied, pointer);
        return new PlanNode
        {
            Pointer = pointer,
            Kind = kind,
            List = list,
            Role = kind is FieldKind.PartialDate or FieldKind.DateTime ? RoleOf(applied, name, pointer) : DateRole.None,
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

    private (FieldKind Kind, CodeList? List) KindOf(AppliedSchemas applied, string pointer)
    {
        var kind = applied.Definitions.Select(d => Vocabulary.Definitions.GetValueOrDefault(d)).FirstOrDefault(k => k != FieldKind.Other);
        var named = applied.Parts.Select(p => (string?)p.Schema["x-code-list"]).FirstOrDefault(n => n is not null)
            ?? applied.Definitions.Select(d => Vocabulary.Lists.GetValueOrDefault(d)).FirstOrDefault(n => n is not null);
        // A gender is compared with the personal id; that it is one of the list the schema says itself.
        if (named is null || kind == FieldKind.Gender)
            return (kind, null);
        if (CodeListFolder.IsUnits(named))
            return (kind == FieldKind.Commune ? kind : FieldKind.Unit, null);
        return (FieldKind.Listed, lists.Find(named) ?? throw new InvalidOperationException($"{pointer} names the code list '{named}', which lists.json does not have."));
    }

    private static DateRole RoleOf(AppliedSchemas applied, string name, string pointer)
    {
        if (applied.Parts.Select(p => (string?)p.Schema["x-date-role"]).FirstOrDefault(r => r is not null) is not { } role)
            return Vocabulary.Dates.GetValueOrDefault(name);
        return Enum.TryParse<DateRole>(role, ignoreCase: true, out var known)
            ? known
            : throw new InvalidOperationException($"{pointer} has the date role '{role}', which does not exist.");
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
