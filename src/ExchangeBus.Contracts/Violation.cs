namespace ExchangeBus.Contracts;

/// <summary>One reason why an event cannot be taken. A rejection carries all of them at once.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the event as sent; empty for the whole event.</param>
/// <param name="Code">Stable code, for example <c>envelope.missing</c>.</param>
/// <param name="MessageVi">What is wrong, in Vietnamese; never repeats personal data.</param>
/// <param name="MessageEn">The same in English.</param>
public sealed record Violation(string Pointer, string Code, string MessageVi, string MessageEn);
