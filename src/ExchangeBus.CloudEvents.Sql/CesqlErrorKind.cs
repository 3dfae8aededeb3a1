namespace ExchangeBus.CloudEvents.Sql;

/// <summary>The error types of CESQL 1.0, section 3.3.</summary>
public enum CesqlErrorKind
{
    /// <summary>ParseError: the text is not an expression, or breaks a bound of <see cref="CesqlOptions"/>.</summary>
    Parse,

    /// <summary>MathError: division by zero, or a result outside 32 bits.</summary>
    Math,

    /// <summary>CastError: a value cannot be read as the type that an operator or function needs.</summary>
    Cast,

    /// <summary>MissingAttributeError: the event does not carry the attribute.</summary>
    MissingAttribute,

    /// <summary>MissingFunctionError: there is no function of this name with so many arguments.</summary>
    MissingFunction,

    /// <summary>FunctionEvaluationError: a function got an argument outside its range.</summary>
    FunctionEvaluation,

    /// <summary>GenericError: none of the others; here a filter whose value is not a Boolean.</summary>
    Generic,
}
