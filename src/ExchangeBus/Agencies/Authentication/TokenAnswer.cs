using System.Text.Json.Serialization;
using ExchangeBus.Contracts;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>An access token (RFC 6749, section 5.1).</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

/// <summary>Why there is none (RFC 6749, section 5.2), and the reason with its stable code as everywhere on the bus.</summary>
internal sealed record TokenError(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description,
    [property: JsonPropertyName("violations")] IReadOnlyList<Violation> Violations);
