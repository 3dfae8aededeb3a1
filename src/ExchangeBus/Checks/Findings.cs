using ExchangeBus.Checks.Rules;
using ExchangeBus.Contracts;

namespace ExchangeBus.Checks;

/// <summary>
/// What is said against one event, up to a limit, so that a hostile event cannot make the answer larger than itself.
/// Allocates nothing as long as nothing is said.
/// </summary>
internal sealed class Findings(int limit)
{
    private List<Violation>? _said;
    private bool _more;

    internal int Limit => limit;

    internal bool IsEmpty => _said is null;

    internal void Add(Violation violation)
    {
        // Two objects may compare the same two fields.
        if ((_said ??= []).Contains(violation))
            return;
        if (_said.Count < limit)
        {
            _said.Add(violation);
            return;
        }

        _more = true;
        // What refuses must not be crowded out by what only warns: the answer would turn from no to yes.
        if (violation.Severity != Severity.Warning && _said.FindLastIndex(v => v.Severity == Severity.Warning) is var warning and >= 0)
            _said[warning] = violation;
        else if (violation.Severity == Severity.Error && _said.TrueForAll(v => v.Severity != Severity.Error))
            _said[^1] = violation;
    }

    /// <summary>The verdict and everything said, refusals first; empties itself.</summary>
    internal Outcome Take(ReadOnlyMemory<byte>? composed)
    {
        if (_said is not { } said)
            return Outcome.Valid;
        var more = _more;
        (_said, _more) = (null, false);
        Violation[] last = more ? [LimitRules.Violations.At("", limit)] : [];
        if (said.Exists(v => v.Severity == Severity.Error))
            return new Outcome(Verdict.Invalid, [.. said.OrderBy(v => v.Severity switch { Severity.Error => 0, Severity.Hold => 1, _ => 2 }), .. last]);
        Violation[] warnings = [.. said.Where(v => v.Severity == Severity.Warning)];
        if (said.Count == warnings.Length)
            return new Outcome(Verdict.Valid, []) { Warnings = [.. warnings, .. last], ComposedData = composed };
        return new Outcome(Verdict.Held, [.. said.Where(v => v.Severity == Severity.Hold), .. last]) { Warnings = warnings, ComposedData = composed };
    }
}
