using ExchangeBus.Checks.CodeLists;

namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>What the rules have to do at one place of a body. Built once from the schema and then only read.</summary>
internal sealed class PlanNode
{
    /// <summary>Stands in a pointer where an index into an array belongs; no name of a field can hold it.</summary>
    internal const char Index = '\u0001';

    /// <summary>JSON pointer into the event, with <see cref="Index"/> for each array.</summary>
    internal required string Pointer { get; init; }

    internal FieldKind Kind { get; init; }

    internal DateRole Role { get; init; }

    internal CodeList? List { get; init; }

    internal bool IsEventDate { get; init; }

    /// <summary>Whether it stands right in an array.</summary>
    internal bool IsItem { get; init; }

    /// <summary>Where the value is remembered while the body is walked.</summary>
    internal int Slot { get; init; }

    /// <summary>Behind the slots of all within.</summary>
    internal int EndSlot { get; init; }

    internal byte[][] Names { get; init; } = [];

    internal PlanNode[] Children { get; init; } = [];

    internal PlanNode? Items { get; init; }

    /// <summary>For fields that the schema does not name.</summary>
    internal PlanNode? Others { get; init; }

    /// <summary>What is compared when the object has been read.</summary>
    internal Relations Relations { get; init; } = Relations.None;
}

/// <summary>The fields of one object, and of the person whom it is about, that are compared with one another.</summary>
internal sealed record Relations
{
    internal static readonly Relations None = new();

    internal PlanNode? Id { get; init; }

    internal PlanNode? Gender { get; init; }

    internal PlanNode? Birth { get; init; }

    internal PlanNode? Death { get; init; }

    internal PlanNode? Notice { get; init; }

    internal PlanNode? Registration { get; init; }

    internal PlanNode? Start { get; init; }

    internal PlanNode? End { get; init; }

    internal PlanNode? Due { get; init; }

    internal PlanNode? NoticeNumber { get; init; }

    internal PlanNode? RecordNumber { get; init; }

    internal PlanNode? Book { get; init; }

    internal PlanNode? HealthCard { get; init; }

    internal PlanNode? Country { get; init; }

    internal PlanNode[] Units { get; init; } = [];

    /// <summary>Birth date of each parent, and whether it is the mother.</summary>
    internal (PlanNode Birth, bool IsMother)[] Parents { get; init; } = [];

    internal bool IsEmpty { get; init; } = true;
}
