using System.Buffers.Text;
using System.Text.Json;

namespace ExchangeBus.Signatures;

/// <summary>Members of a JSON Web Key (RFC 7517).</summary>
internal static class Jwk
{
    internal static string? Member(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <exception cref="FormatException">The member is missing, or not 32 bytes in base64url.</exception>
    internal static byte[] Bytes(JsonElement jwk, string name)
    {
        var bytes = Base64Url.DecodeFromChars(Member(jwk, name) ?? throw new FormatException($"The member '{name}' is missing."));
        return bytes.Length == 32 ? bytes : throw new FormatException($"The member '{name}' must be 32 bytes in base64url.");
    }
}
