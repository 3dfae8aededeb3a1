using System.Runtime.CompilerServices;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Evaluation;

/// <summary>One check of one document: the tape, the marks, the dynamic scope, and how far it may still go.</summary>
internal sealed class SchemaEvaluation
{
    /// <summary>How often the stack left is asked for; in between at most this many small frames are used.</summary>
    private const int StackProbe = 31;

    private const int NotCollecting = -1;

    private readonly List<(Rule Rule, int Token)> _failures = [];
    private char[] _characters = new char[256];
    private int[] _scope = new int[32];
    private int _scopeTop;
    private int _depth;
    private long _steps;
    private int _maxFailures = NotCollecting;
    private bool _tracksScope;

    public JsonTape Tape { get; } = new();

    public Marks Marks { get; } = new();

    /// <summary>The table of the tape, which no longer grows once the document is read.</summary>
    public JsonToken[] Tokens { get; private set; } = [];

    /// <summary>Whether all violations are wanted and not only the answer.</summary>
    public bool IsCollecting => _maxFailures >= 0;

    /// <summary>The bound that ended the check early; then no answer of a subschema counts, not even inside <c>not</c>.</summary>
    public Limit Exhausted { get; private set; }

    public IReadOnlyList<(Rule Rule, int Token)> Failures => _failures;

    /// <summary>Resources entered on the way here, the outermost first.</summary>
    public ReadOnlySpan<int> Scope => _scope.AsSpan(0, _scopeTop);

    public bool Run(SchemaNode root, JsonSchemaOptions options, bool tracksScope, bool collect)
    {
        Tokens = Tape.Tokens;
        _failures.Clear();
        Marks.Reset();
        _scopeTop = 0;
        _depth = options.MaxEvaluationDepth;
        _steps = options.MaxEvaluationSteps;
        _maxFailures = collect ? options.MaxViolations : NotCollecting;
        _tracksScope = tracksScope;
        Exhausted = Limit.None;
        return Evaluate(root, 0, Marks.None) && Exhausted == Limit.None;
    }

    public bool Evaluate(SchemaNode node, int token, int marks)
    {
        node = node.For(Tokens[token].Kind);
        if (node.AdmitsAll) return true;
        if (--_steps < 0) return Exhaust(Limit.Steps);
        if (node.IsLeaf) return node.Run(this, token, marks);
        if (--_depth < 0) return Exhaust(Limit.Depth);
        if ((_depth & StackProbe) == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return Exhaust(Limit.Depth);
        var holds = _tracksScope ? RunInScope(node, token, marks) : node.Run(this, token, marks);
        _depth++;
        return holds;
    }

    /// <summary>Whether the value holds, without keeping reasons: for <c>if</c>, <c>not</c>, <c>contains</c>.</summary>
    public bool Test(SchemaNode node, int token, int marks)
    {
        var kept = _maxFailures;
        _maxFailures = NotCollecting;
        var holds = Evaluate(node, token, marks);
        _maxFailures = kept;
        return holds;
    }

    public bool Fail(Rule rule, int token)
    {
        if (_failures.Count < _maxFailures) _failures.Add((rule, token));
        return false;
    }

    public int FailureCount => _failures.Count;

    /// <summary>Drops reasons of branches that turned out not to matter.</summary>
    public void ForgetFailures(int from)
    {
        if (_failures.Count > from) _failures.RemoveRange(from, _failures.Count - from);
    }

    public bool Exhaust(Limit limit)
    {
        if (Exhausted == Limit.None) Exhausted = limit;
        _steps = 0;
        return false;
    }

    /// <summary>Text of a string or name as UTF-16, in a buffer that is good until the next call.</summary>
    public ReadOnlySpan<char> Characters(int token)
    {
        var text = Tape.Text(token);
        if (_characters.Length < text.Length) _characters = new char[text.Length * 2];
        var written = System.Text.Encoding.UTF8.GetChars(text, _characters);
        return _characters.AsSpan(0, written);
    }

    public void Release()
    {
        Tape.Trim();
        if (_characters.Length > 1 << 20) _characters = new char[256];
        if (_failures.Capacity > 1 << 12) _failures.Capacity = 0;
    }

    private bool RunInScope(SchemaNode node, int token, int marks)
    {
        var top = _scopeTop;
        if (top == 0 || _scope[top - 1] != node.Resource)
        {
            if (top == _scope.Length) Array.Resize(ref _scope, top * 2);
            _scope[_scopeTop++] = node.Resource;
        }

        var holds = node.Run(this, token, marks);
        _scopeTop = top;
        return holds;
    }
}
