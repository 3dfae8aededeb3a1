using ExchangeBus.Contracts;

namespace ExchangeBus.Checks;

/// <summary>What the checks say.</summary>
internal enum Verdict
{
    Valid,
    Invalid,
    Forbidden,

    /// <summary>Nothing refuses the event, but a person must decide before it can be accepted.</summary>
    Held,
}

/// <summary>A verdict with every reason: of an event that is refused, all that was said; of one that is held, why.</summary>
internal sealed record Outcome(Verdict Verdict, IReadOnlyList<Violation> Violations)
{
    internal static Outcome Valid { get; } = new(Verdict.Valid, []);

    /// <summary>What looks wrong about an event that is valid or held.</summary>
    internal IReadOnlyList<Violation> Warnings { get; init; } = [];

    /// <summary>The body to keep instead of the one that was sent, with its letters composed (Unicode NFC); null to keep what was sent.</summary>
    internal ReadOnlyMemory<byte>? ComposedData { get; init; }
}
