namespace ExchangeBus.JsonSchema.Parsing;

internal enum JsonFaultKind
{
    None,
    Syntax,
    Utf8,
    LoneSurrogate,
    Depth,
    NumberRange,
    DuplicateName,
}

/// <summary>Why a text is not the JSON this validator accepts, and at which byte.</summary>
internal readonly record struct JsonFault(JsonFaultKind Kind, int Offset)
{
    public string Code => Kind switch
    {
        JsonFaultKind.Syntax => "json.syntax",
        JsonFaultKind.Utf8 => "json.utf8",
        JsonFaultKind.LoneSurrogate => "json.lone-surrogate",
        JsonFaultKind.Depth => "json.depth",
        JsonFaultKind.NumberRange => "json.number-range",
        JsonFaultKind.DuplicateName => "json.duplicate-name",
        _ => "json.none",
    };
}
