using System.Runtime.CompilerServices;
using ExchangeBus.CloudEvents.Sql.Expressions;

namespace ExchangeBus.CloudEvents.Sql.Functions;

/// <summary>Computes a function from arguments that are cast already.</summary>
internal delegate CesqlValue FunctionBody(in Arguments arguments, TextSpan span, ref Evaluation evaluation);

internal sealed record Function(string Name, CesqlType Result, CesqlType[] Parameters, FunctionBody Body);

/// <summary>Up to three arguments, on the stack.</summary>
[InlineArray(3)]
internal struct Arguments
{
    private CesqlValue _first;
}

internal sealed class FunctionNode(TextSpan span, Function function, Node[] arguments) : Node(span, function.Result, arguments)
{
    public override CesqlType? Reads(int part) => function.Parameters[part];

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        var before = evaluation.ErrorCount;
        var values = default(Arguments);
        for (var i = 0; i < Parts.Length; i++)
        {
            values[i] = Parts[i].Evaluate(ref evaluation);
            if (evaluation.ErrorCount == before) values[i] = Casts.To(function.Parameters[i], values[i], Parts[i].Span, ref evaluation);
        }

        return evaluation.ErrorCount == before ? function.Body(values, Span, ref evaluation) : CesqlValue.Zero(Type);
    }
}

/// <summary>A call that no function answers: <c>false</c> and a MissingFunctionError (section 3.5). It is known when the text is parsed.</summary>
internal sealed class MissingFunctionNode : Node
{
    private readonly string _name;

    public MissingFunctionNode(TextSpan span, string name, Node[] arguments)
        : base(span, CesqlType.Boolean, arguments)
    {
        // Whatever the arguments are, the answer is the same.
        (_name, IsConstant) = (name, true);
    }

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        evaluation.Fail(static (call, at) => Errors.MissingFunction(call.Name, call.Count, at.Start, at.Length), (Name: _name, Count: Parts.Length), Span);
        return default;
    }
}

/// <summary><c>CONCAT</c> and <c>CONCAT_WS</c>, which take any number of arguments; of the second the first is the delimiter.</summary>
internal sealed class JoinNode(TextSpan span, bool separated, Node[] arguments) : Node(span, CesqlType.String, arguments)
{
    public override CesqlType? Reads(int part) => CesqlType.String;

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        var before = evaluation.ErrorCount;
        var texts = new string[Parts.Length];
        for (var i = 0; i < texts.Length; i++) texts[i] = Parts[i].Evaluate(ref evaluation).ToString();
        if (evaluation.ErrorCount != before) return CesqlValue.Zero(CesqlType.String);

        return CesqlValue.Of(separated ? string.Join(texts[0], texts, 1, texts.Length - 1) : string.Concat(texts));
    }
}
