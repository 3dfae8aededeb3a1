using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects;

/// <summary>What a QCVN 109:2017 message says: its citizens, or everything that is wrong with it.</summary>
/// <param name="Citizens">Bodies of <c>vn.population.citizenupdated.v1</c> in the message's order; empty when there are violations.</param>
/// <param name="Note">The root's GhiChu: a remark on the message, not on a citizen.</param>
/// <param name="Violations">Located by the path of the element; empty when the message was taken.</param>
internal sealed record Qcvn109Reading(IReadOnlyList<ReadOnlyMemory<byte>> Citizens, string? Note, IReadOnlyList<Violation> Violations)
{
    public bool IsTaken => Violations.Count == 0;

    internal static Qcvn109Reading Refused(params IReadOnlyList<Violation> violations) => new([], null, violations);
}
