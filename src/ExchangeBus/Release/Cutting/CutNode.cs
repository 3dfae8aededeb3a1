using System.Text;
using ExchangeBus.Release.Fields;

namespace ExchangeBus.Release.Cutting;

/// <summary>What a cut does at one place of a body. Where nothing below is released it has no parts: all of it is passed over.</summary>
internal sealed class CutNode
{
    private CutNode()
    {
    }

    /// <summary>Its place among the pointers that may be withheld.</summary>
    internal int Index { get; private init; }

    /// <summary>The place of <c>pointer/*</c>, for names that no schema knows; its own where no name is looked at.</summary>
    internal int UnknownIndex { get; private init; }

    internal bool KeepsScalar { get; private init; }

    internal bool KeepsEmptyObject { get; private init; }

    internal bool KeepsEmptyArray { get; private init; }

    internal bool CopiesObject { get; private init; }

    internal bool CopiesArray { get; private init; }

    /// <summary>Whether something below it is released.</summary>
    internal bool HasReleasedParts { get; private init; }

    internal byte[][] Names { get; private init; } = [];

    internal CutNode[] Named { get; private init; } = [];

    internal CutNode? Others { get; private init; }

    internal CutNode? Items { get; private init; }

    /// <param name="pointers">Collects each pointer that may be withheld once, in the order of the schema.</param>
    internal static CutNode Of(FieldNode field, ReleasedFields released, PointerList pointers)
    {
        // The empty pointer would be an empty attribute.
        var index = pointers.IndexOf(field.Pointer.Length == 0 ? $"/{FieldPointer.Any}" : field.Pointer);
        var isReleased = released.Contains(field);
        var copies = isReleased && field.IsOpaque;
        // The body itself always stands, so that what it withholds is named field by field.
        var goesIn = field.Pointer.Length == 0 || field.Parts.Any(released.Touches);
        // Named first, so that the order is that of the schema.
        CutNode[] named = goesIn ? [.. field.Named.Select(n => Of(n.Field, released, pointers))] : [];
        return new CutNode
        {
            Index = index,
            UnknownIndex = goesIn || !field.HasParts ? pointers.IndexOf($"{field.Pointer}/{FieldPointer.Any}") : index,
            KeepsScalar = isReleased && field.Kinds.HasFlag(ValueKinds.Scalar),
            KeepsEmptyObject = isReleased && field.Kinds.HasFlag(ValueKinds.Object),
            KeepsEmptyArray = isReleased && field.Kinds.HasFlag(ValueKinds.Array),
            CopiesObject = copies && field.Kinds.HasFlag(ValueKinds.Object),
            CopiesArray = copies && field.Kinds.HasFlag(ValueKinds.Array),
            HasReleasedParts = goesIn,
            Names = goesIn ? [.. field.Named.Select(n => Encoding.UTF8.GetBytes(n.Name))] : [],
            Named = named,
            Others = goesIn && field.Others is { } others ? Of(others, released, pointers) : null,
            Items = field.Items is { } items && released.Touches(items) ? Of(items, released, pointers) : null,
        };
    }
}

/// <summary>Pointers in the order in which they were first asked for.</summary>
internal sealed class PointerList
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<string> _pointers = [];

    internal IReadOnlyList<string> All => _pointers;

    internal int IndexOf(string pointer)
    {
        if (_indexes.TryGetValue(pointer, out var index)) return index;
        _indexes.Add(pointer, _pointers.Count);
        _pointers.Add(pointer);
        return _pointers.Count - 1;
    }
}
