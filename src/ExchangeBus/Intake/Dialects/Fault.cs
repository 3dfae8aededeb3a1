namespace ExchangeBus.Intake.Dialects;

/// <summary>What can be wrong with a message of another format. Each dialect gives its faults a stable code of its own.</summary>
internal enum Fault
{
    TooLarge,
    TooDeep,
    TooManyElements,
    TooManyAttributes,
    TooLongText,
    TooManyViolations,
    Encoding,
    Malformed,
    Dtd,
    Instruction,
    Root,
    SoapFault,
    UnknownElement,
    UnknownAttribute,
    Repeated,
    Missing,
    OneOf,
    Text,
    Value,
    Count,
    Json,
    UnknownField,
    Module,
    Procedure,
    Unit,
    Base64,
    NotRepresentable,
}
