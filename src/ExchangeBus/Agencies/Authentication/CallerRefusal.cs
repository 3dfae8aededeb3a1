using ExchangeBus.Contracts;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>Why a caller is not believed.</summary>
/// <param name="Error">The <c>error</c> of RFC 6750, section 3.1; null when the caller showed nothing at all.</param>
/// <param name="Violation">The reason with its stable code.</param>
internal sealed record CallerRefusal(string? Error, Violation Violation);
