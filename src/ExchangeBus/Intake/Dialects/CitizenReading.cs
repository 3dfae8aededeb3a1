using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects;

/// <summary>What a message about citizens says: its citizens, or everything that is wrong with it.</summary>
/// <param name="Citizens">Bodies of <c>vn.population.citizenupdated.v1</c> in the message's order; empty when there are violations.</param>
/// <param name="Note">The root's GhiChu: a remark on the message, not on a citizen.</param>
/// <param name="Violations">Located by the path of the element; empty when the message was taken.</param>
internal sealed record CitizenReading(IReadOnlyList<ReadOnlyMemory<byte>> Citizens, string? Note, IReadOnlyList<Violation> Violations)
{
    public bool IsTaken => Violations.Count == 0;

    internal static CitizenReading Refused(params IReadOnlyList<Violation> violations) => new([], null, violations);
}

/// <summary>Canonical bodies in a dialect's form, or why they cannot be said in it.</summary>
/// <param name="Message">The message in UTF-8; null when there are violations.</param>
/// <param name="Violations">Values that the dialect cannot carry without losing some of them, by JSON pointer into the body.</param>
/// <param name="LeftOut">JSON pointers of fields that the dialect has no place for; the caller decides whether that matters.</param>
internal sealed record DialectWriting(byte[]? Message, IReadOnlyList<Violation> Violations, IReadOnlyList<string> LeftOut);
