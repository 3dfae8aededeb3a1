using ExchangeBus.CloudEvents.Sql.Expressions;

namespace ExchangeBus.CloudEvents.Sql.Functions;

/// <summary>
/// The functions of CESQL 1.0, section 3.5; the casts INT, BOOL and STRING of section 3.7; and IS_INT and IS_BOOL, which say whether such
/// a cast succeeds. Names are read without regard to case. Which one is meant is decided by name and number of arguments.
/// </summary>
internal static class BuiltInFunctions
{
    private const CesqlType Text = CesqlType.String;
    private const CesqlType Number = CesqlType.Integer;

    private static readonly Function[] Fixed =
    [
        new("LENGTH", Number, [Text], TextFunctions.Length),
        new("LOWER", Text, [Text], TextFunctions.Lower),
        new("UPPER", Text, [Text], TextFunctions.Upper),
        new("TRIM", Text, [Text], TextFunctions.Trim),
        new("LEFT", Text, [Text, Number], TextFunctions.Left),
        new("RIGHT", Text, [Text, Number], TextFunctions.Right),
        new("SUBSTRING", Text, [Text, Number], TextFunctions.SubstringToEnd),
        new("SUBSTRING", Text, [Text, Number, Number], TextFunctions.Substring),
        new("ABS", Number, [Number], NumberFunctions.Absolute),
        new("INT", Number, [Number], NumberFunctions.Same),
        new("BOOL", CesqlType.Boolean, [CesqlType.Boolean], NumberFunctions.Same),
        new("STRING", Text, [Text], NumberFunctions.Same),
        new("IS_INT", CesqlType.Boolean, [CesqlType.Any], NumberFunctions.IsInteger),
        new("IS_BOOL", CesqlType.Boolean, [CesqlType.Any], NumberFunctions.IsBoolean),
    ];

    public static Node Call(TextSpan span, string name, Node[] arguments)
    {
        var upper = name.ToUpperInvariant();
        if (upper == "CONCAT") return new JoinNode(span, separated: false, arguments);
        if (upper == "CONCAT_WS" && arguments.Length > 0) return new JoinNode(span, separated: true, arguments);

        var function = Array.Find(Fixed, f => f.Name == upper && f.Parameters.Length == arguments.Length);
        return function is null ? new MissingFunctionNode(span, name, arguments) : new FunctionNode(span, function, arguments);
    }
}
