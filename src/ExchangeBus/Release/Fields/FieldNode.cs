namespace ExchangeBus.Release.Fields;

/// <summary>One field of an event type, as its schemas know it.</summary>
internal sealed class FieldNode
{
    /// <summary>JSON Pointer into the body; <c>*</c> stands for any item, and for any name that the schema does not give.</summary>
    internal required string Pointer { get; init; }

    internal ValueKinds Kinds { get; init; }

    /// <summary>
    /// The strictest classification on the way to it, by its rank (<see cref="Schemas.Classifications.Rank"/>). Below 0 for the whole body, which
    /// has none; above all that are known for a field without one, which no class releases.
    /// </summary>
    internal int Classification { get; init; }

    /// <summary>By name, in the order of the schema.</summary>
    internal (string Name, FieldNode Field)[] Named { get; init; } = [];

    internal FieldNode? Others { get; init; }

    internal FieldNode? Items { get; init; }

    /// <summary>The schema says nothing of what is inside, so that an object or array here is released as it is or not at all.</summary>
    internal bool IsOpaque { get; init; }

    internal IEnumerable<FieldNode> Parts
    {
        get
        {
            foreach (var (_, named) in Named) yield return named;
            if (Others is not null) yield return Others;
            if (Items is not null) yield return Items;
        }
    }

    internal bool HasParts => Named.Length > 0 || Others is not null || Items is not null;

    /// <summary>This field and all below it, a whole before its parts.</summary>
    internal IEnumerable<FieldNode> All => Parts.SelectMany(p => p.All).Prepend(this);

    /// <summary>The same field without the parts that are not among some pointers, nor anything below those.</summary>
    internal FieldNode Only(IReadOnlySet<string> pointers) => new()
    {
        Pointer = Pointer,
        Kinds = Kinds,
        Classification = Classification,
        Named = [.. Named.Where(n => pointers.Contains(n.Field.Pointer)).Select(n => (n.Name, n.Field.Only(pointers)))],
        Others = Others is not null && pointers.Contains(Others.Pointer) ? Others.Only(pointers) : null,
        Items = Items is not null && pointers.Contains(Items.Pointer) ? Items.Only(pointers) : null,
        IsOpaque = IsOpaque,
    };
}
