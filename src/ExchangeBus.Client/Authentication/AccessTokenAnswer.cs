using System.Text.Json.Serialization;
using ExchangeBus.Contracts;

namespace ExchangeBus.Client.Authentication;

/// <summary>The bus's answer to a token request (RFC 6749, sections 5.1 and 5.2).</summary>
internal sealed record AccessTokenAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("violations")] IReadOnlyList<AccessTokenViolation>? Violations);

/// <summary>The part of a <see cref="Violation"/> that a log may show.</summary>
internal sealed record AccessTokenViolation([property: JsonPropertyName("code")] string Code);
