using System.Diagnostics.CodeAnalysis;
using ExchangeBus.CloudEvents.Sql.Expressions;
using ExchangeBus.CloudEvents.Sql.Parsing;

namespace ExchangeBus.CloudEvents.Sql;

/// <summary>
/// A compiled expression of CloudEvents SQL 1.0. It is immutable and may be used by many threads at once. It reads attributes only, never
/// the body. After an error, every operator around it gives the zero value of its type, so that what a broken part says never decides.
/// </summary>
public sealed class CesqlExpression
{
    private readonly Node _root;
    private readonly (Node Node, int Depth)[] _nodes;

    private CesqlExpression(string text, Node root)
    {
        var nodes = new List<(Node Node, int Depth)>();
        Number(root, 0, nodes);
        (Text, _root, _nodes) = (text, root, [.. nodes]);
        Attributes = [.. nodes.Select(n => n.Node switch { AttributeNode a => a.Name, ExistsNode e => e.Name, _ => null }).OfType<string>()
            .Distinct().Order(StringComparer.Ordinal)];
        Faults = StaticCheck.Faults(root);
    }

    /// <summary>The text it was made from.</summary>
    public string Text { get; }

    /// <summary>The type of its value; <see cref="CesqlType.Any"/> when the expression is one attribute.</summary>
    public CesqlType Type => _root.Type;

    /// <summary>The names of all attributes that it reads or asks about, in lower case, each once, in ordinal order.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>Where an attribute stands first, from 1; 0 when the expression does not name it.</summary>
    /// <param name="attribute">One of <see cref="Attributes"/>.</param>
    public int ColumnOf(string attribute) => _nodes.Where(n => n.Node switch { AttributeNode a => a.Name == attribute, ExistsNode e => e.Name == attribute, _ => false })
        // Of EXISTS x, where x stands.
        .Select(n => n.Node.Span.Start + n.Node.Span.Length - attribute.Length + 1).DefaultIfEmpty(0).Min();

    /// <summary>
    /// What fails for every event whose evaluation gets there: an unknown function, a literal that cannot be cast, division by a literal 0.
    /// Empty for a sound expression.
    /// </summary>
    public IReadOnlyList<CesqlError> Faults { get; }

    /// <summary>Compiles an expression. Faults do not refuse it, because the specification gives it a value nevertheless.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="options">Bounds; absent means <see cref="CesqlOptions.Default"/>.</param>
    /// <exception cref="CesqlParseException">The text is not an expression.</exception>
    public static CesqlExpression Parse(string text, CesqlOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new CesqlExpression(text, Parser.Parse(text, options ?? CesqlOptions.Default));
    }

    /// <summary>Compiles a filter: an expression that is true or false and has no <see cref="Faults"/>.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="options">Bounds; absent means <see cref="CesqlOptions.Default"/>.</param>
    /// <exception cref="CesqlParseException">The text is not such an expression; the error is the first in the text.</exception>
    public static CesqlExpression ParseFilter(string text, CesqlOptions? options = null)
    {
        var expression = Parse(text, options);
        if (expression.Faults.MinBy(f => f.Column) is { } fault) throw new CesqlParseException(fault);
        if (expression.Type is CesqlType.Integer or CesqlType.String) throw new CesqlParseException(Errors.NotBoolean(expression.Type, text.Length));
        return expression;
    }

    /// <summary>The same as <see cref="ParseFilter"/>, for texts that strangers send.</summary>
    public static bool TryParseFilter(
        string text, CesqlOptions? options, [NotNullWhen(true)] out CesqlExpression? filter, [NotNullWhen(false)] out CesqlError? error)
    {
        try
        {
            (filter, error) = (ParseFilter(text, options), null);
            return true;
        }
        catch (CesqlParseException e)
        {
            (filter, error) = (null, e.Error);
            return false;
        }
    }

    /// <summary>
    /// Whether the event passes this filter: the value is the Boolean <c>true</c> and there was no error (section 1.2). Allocates nothing
    /// but what LOWER, UPPER, CONCAT and casts to String make.
    /// </summary>
    public bool Matches(ICesqlAttributes attributes)
    {
        var evaluation = new Evaluation(attributes, collects: false);
        var value = _root.Evaluate(ref evaluation);
        return evaluation.ErrorCount == 0 && value.Boolean;
    }

    /// <summary>The value and all errors.</summary>
    public CesqlResult Evaluate(ICesqlAttributes attributes)
    {
        var evaluation = new Evaluation(attributes, collects: true);
        var value = _root.Evaluate(ref evaluation);
        return new CesqlResult(value, evaluation.Errors ?? []);
    }

    /// <summary>The value, all errors, and the value of each sub-expression, to show why an event passed or did not.</summary>
    public CesqlExplanation Explain(ICesqlAttributes attributes)
    {
        var values = new CesqlValue?[_nodes.Length];
        var evaluation = new Evaluation(attributes, collects: true) { Steps = values };
        var value = _root.Evaluate(ref evaluation);
        var steps = _nodes.Select(n => new CesqlStep(
            n.Node.Span.Start + 1, n.Node.Span.Length, n.Depth, Text.Substring(n.Node.Span.Start, n.Node.Span.Length), values[n.Node.Index]));
        return new CesqlExplanation(new CesqlResult(value, evaluation.Errors ?? []), [.. steps]);
    }

    private static void Number(Node node, int depth, List<(Node, int)> nodes)
    {
        node.Index = nodes.Count;
        nodes.Add((node, depth));
        foreach (var part in node.Parts) Number(part, depth + 1, nodes);
    }
}
