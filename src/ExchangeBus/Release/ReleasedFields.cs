using ExchangeBus.Release.Fields;

namespace ExchangeBus.Release;

/// <summary>
/// A set of released fields in one form whichever list it came from. What can only be an object or an array holds nothing itself: it counts as
/// released when all of its parts do, so that <c>/child</c>, <c>/child/*</c> and a list of all its fields are one set.
/// </summary>
internal sealed class ReleasedFields
{
    private readonly HashSet<FieldNode> _released = [];
    private readonly HashSet<FieldNode> _whole = [];
    private readonly HashSet<FieldNode> _touched = [];

    internal ReleasedFields(FieldNode body, HashSet<FieldNode> listed)
    {
        Settle(body, listed);
        Pointers = [.. body.All.Where(_released.Contains).Select(f => f.Pointer)];
    }

    /// <summary>All released fields, in the order of the schema.</summary>
    internal IReadOnlyList<string> Pointers { get; }

    /// <summary>Whether its own value is released: a scalar, an empty object, or what the schema says nothing about.</summary>
    internal bool Contains(FieldNode field) => _released.Contains(field);

    /// <summary>Whether the field or something below it is released.</summary>
    internal bool Touches(FieldNode field) => _touched.Contains(field);

    private void Settle(FieldNode field, HashSet<FieldNode> listed)
    {
        foreach (var part in field.Parts) Settle(part, listed);
        var partsWhole = field.Parts.All(_whole.Contains);
        var released = field.HasParts && !field.Kinds.HasFlag(ValueKinds.Scalar) ? partsWhole : listed.Contains(field);
        if (released) _released.Add(field);
        if (released && partsWhole) _whole.Add(field);
        if (released || field.Parts.Any(_touched.Contains)) _touched.Add(field);
    }
}
