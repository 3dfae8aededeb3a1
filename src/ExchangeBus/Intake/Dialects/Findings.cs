using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects;

/// <summary>Violations up to a limit, so that a hostile message cannot make the answer larger than itself.</summary>
internal sealed class Findings(DialectRejections rejections)
{
    internal const int Limit = 100;

    private readonly List<Violation> _violations = [];

    internal int Count => _violations.Count;

    internal bool IsEmpty => _violations.Count == 0;

    internal bool IsFull => _violations.Count > Limit;

    internal IReadOnlyList<Violation> All => _violations;

    internal void Add(Violation violation)
    {
        if (_violations.Count < Limit)
            _violations.Add(violation);
        else if (_violations.Count == Limit)
            _violations.Add(rejections.TooManyViolations(Limit));
    }
}
