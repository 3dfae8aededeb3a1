namespace ExchangeBus.Contracts;

/// <summary>One thing that the bus says against an event: a reason to refuse or to hold it, or a warning. All are said at once.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the event as sent; empty for the whole event.</param>
/// <param name="Code">Stable code, for example <c>envelope.missing</c>; all of them stand in <c>docs/rejection-codes.md</c>.</param>
/// <param name="MessageVi">What is wrong, in Vietnamese; never repeats personal data.</param>
/// <param name="MessageEn">The same in English.</param>
public sealed record Violation(string Pointer, string Code, string MessageVi, string MessageEn)
{
    /// <summary>What follows from it. Default <see cref="Severity.Error"/>.</summary>
    public Severity Severity { get; init; }
}
