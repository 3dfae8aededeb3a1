namespace ExchangeBus.CloudEvents.Sql.Expressions;

/// <summary>Finds what fails for every event that gets there (section 3.3): it depends on no attribute, or reads a literal as what it is not.</summary>
internal static class StaticCheck
{
    public static List<CesqlError> Faults(Node root)
    {
        var faults = new List<CesqlError>();
        Check(root, faults);
        return faults;
    }

    private static void Check(Node node, List<CesqlError> faults)
    {
        if (node.IsConstant)
        {
            Compute(node, faults);
            return;
        }

        for (var i = 0; i < node.Parts.Length; i++)
        {
            var (part, before) = (node.Parts[i], faults.Count);
            Check(part, faults);
            if (faults.Count != before || !part.IsConstant || node.Reads(i) is not { } type) continue;
            if (!Casts.Try(type, Compute(part, faults), out _)) faults.Add(Errors.Cast(type, part.Span.Start, part.Span.Length));
        }
    }

    private static CesqlValue Compute(Node node, List<CesqlError> faults)
    {
        var evaluation = new Evaluation(NoAttributes.Instance, collects: true);
        var value = node.Evaluate(ref evaluation);
        faults.AddRange(evaluation.Errors ?? []);
        return value;
    }

    private sealed class NoAttributes : ICesqlAttributes
    {
        public static readonly NoAttributes Instance = new();

        public bool TryGet(ReadOnlySpan<char> name, out CesqlValue value)
        {
            value = default;
            return false;
        }
    }
}
