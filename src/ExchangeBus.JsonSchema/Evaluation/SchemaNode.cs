using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Evaluation;

/// <summary>A compiled schema object or boolean: which kinds of value it admits, and the checks that matter to each kind.</summary>
internal sealed class SchemaNode(string location, int resource)
{
    private const int Kinds = 8;

    /// <summary>Admits every value.</summary>
    public static readonly SchemaNode Any = new("", 0);

    private readonly SchemaNode?[] _standIns = new SchemaNode?[Kinds];
    private readonly Check[][] _checks = [[], [], [], [], [], [], [], []];
    private int _admitted = 0xFF;
    private Rule? _typeRule;
    private bool _tracksProperties;
    private bool _tracksItems;

    /// <summary>Absolute location: base URI of its resource and pointer from there.</summary>
    public string Location { get; } = location;

    /// <summary>Number of the schema resource it belongs to: what <c>$dynamicRef</c> calls the dynamic scope.</summary>
    public int Resource { get; } = resource;

    /// <summary>Schemas applied to the same value; a circle of these would never end.</summary>
    public List<SchemaNode> InPlace { get; } = [];

    public bool AdmitsAll { get; private set; } = true;

    /// <summary>Whether no check goes on to another schema, so that neither depth nor scope matters.</summary>
    public bool IsLeaf { get; private set; } = true;

    public void AdmitOnly(int kinds, Rule rule)
    {
        AdmitsAll = false;
        _admitted &= kinds;
        _typeRule = rule;
    }

    public void Add(Check check, int kinds)
    {
        AdmitsAll = false;
        IsLeaf &= check.IsLeaf;
        for (var kind = 0; kind < Kinds; kind++)
        {
            if ((kinds >> kind & 1) != 0) _checks[kind] = [.. _checks[kind], check];
        }
    }

    /// <summary>The last check of its kind, with marks of its own that its siblings and their branches fill.</summary>
    public void AddUnevaluated(Check check, JsonKind kind)
    {
        Add(check, 1 << (int)kind);
        if (kind == JsonKind.Object) _tracksProperties = true;
        else _tracksItems = true;
    }

    /// <summary>The schema to run for a value of this kind: another one where this one does nothing but hand on to it.</summary>
    public SchemaNode For(JsonKind kind) => _standIns[(int)kind] ?? this;

    /// <summary>What the schema says of a value of this kind, when the kind alone decides; else null.</summary>
    public bool? AnswerFor(JsonKind kind) => (_admitted >> (int)kind & 1) == 0 ? false : _checks[(int)kind].Length == 0 ? true : null;

    /// <summary>
    /// Finds the stand-ins, when all schemas are filled. Not where the dynamic scope matters: there each step on the way counts.
    /// References in a circle have been refused before.
    /// </summary>
    public void Shorten()
    {
        for (var kind = 0; kind < Kinds; kind++)
        {
            if (_standIns[kind] is not null) continue;
            var last = this;
            while (last.HandsOnTo((JsonKind)kind) is { } next) last = next.For((JsonKind)kind);
            // For all on the way: a chain of schemas is gone through once, however long it is.
            for (var node = this; node != last && node._standIns[kind] is null;)
            {
                var next = node.HandsOnTo((JsonKind)kind)!;
                node._standIns[kind] = last;
                node = next;
            }
        }
    }

    private SchemaNode? HandsOnTo(JsonKind kind) =>
        (_admitted >> (int)kind & 1) != 0 && !_tracksProperties && !_tracksItems && _checks[(int)kind] is [var only] ? only.StandInFor(kind) : null;

    public bool Run(SchemaEvaluation evaluation, int token, int marks)
    {
        ref readonly var value = ref evaluation.Tokens[token];
        var kind = value.Kind;
        var isAdmitted = (_admitted >> (int)kind & 1) != 0 || evaluation.Fail(_typeRule!, token);
        if (!isAdmitted && !evaluation.IsCollecting) return false;
        var checks = _checks[(int)kind];
        if (checks.Length == 0) return isAdmitted;
        if (kind == JsonKind.Object ? !_tracksProperties : kind != JsonKind.Array || !_tracksItems)
            return RunAll(checks, evaluation, token, marks) && isAdmitted;

        var own = evaluation.Marks.Take(value.Length);
        var holds = RunAll(checks, evaluation, token, own) && isAdmitted;
        if (holds) evaluation.Marks.Merge(own, marks, value.Length);
        evaluation.Marks.GiveBack(own);
        return holds;
    }

    private static bool RunAll(Check[] checks, SchemaEvaluation evaluation, int token, int marks)
    {
        var holds = true;
        foreach (var check in checks)
        {
            if (check.Holds(evaluation, token, marks)) continue;
            if (!evaluation.IsCollecting) return false;
            holds = false;
        }

        return holds;
    }
}
