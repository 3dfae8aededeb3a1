namespace ExchangeBus.JsonSchema;

/// <summary>
/// One reason why a document is refused. It carries no value of the document, which may be personal data:
/// only where it is, which rule it breaks, and the limits and constants that the schema itself names.
/// </summary>
/// <param name="InstancePointer">Where in the document, as a JSON pointer (RFC 6901); empty for the document itself.</param>
/// <param name="SchemaLocation">The keyword as an absolute location: base URI and fragment pointer (2020-12 core, section 12.3.2). Empty if the text is not JSON.</param>
/// <param name="Keyword">The keyword that failed, such as <c>minLength</c>; empty if the text is not acceptable JSON.</param>
/// <param name="Code">Stable code: <c>schema.</c> and the keyword, <c>json.</c> and the fault, or <c>limit.</c> and the bound reached.</param>
/// <param name="MessageVi">For people, in Vietnamese.</param>
/// <param name="MessageEn">For people, in English.</param>
public sealed record SchemaViolation(
    string InstancePointer,
    string SchemaLocation,
    string Keyword,
    string Code,
    string MessageVi,
    string MessageEn)
{
    /// <summary>Offset in bytes where the text stops being acceptable JSON; null when the violation is against the schema.</summary>
    public long? ByteOffset { get; init; }
}
