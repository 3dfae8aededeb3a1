using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ExchangeBus.Signatures;

/// <summary>The short-lived JWT with which a system proves who it is (RFC 7519, RFC 7523).</summary>
public static class ClientAssertion
{
    /// <summary>The audience of a bus that has not been given a name of its own.</summary>
    public const string DefaultAudience = "urn:exchangebus:bus";

    /// <summary>Makes one for one use: it has a <c>jti</c> of its own.</summary>
    /// <param name="source">The system, <c>urn:exchangebus:agency:&lt;agency&gt;:&lt;system&gt;</c>.</param>
    /// <param name="audience">The bus, as its operator has named it.</param>
    /// <param name="key">The system's key.</param>
    /// <param name="now">The present.</param>
    /// <param name="lifetime">How long it holds, more than 0 and at most 5 minutes. Default 1 minute.</param>
    public static string Create(string source, string audience, SigningKey key, DateTimeOffset now, TimeSpan? lifetime = null)
    {
        var issued = now.ToUnixTimeSeconds();
        var expires = issued + (long)(lifetime ?? TimeSpan.FromMinutes(1)).TotalSeconds;
        var header = Encode($$"""{"alg":"{{key.PublicKey.Algorithm}}","kid":{{Text(key.KeyId)}},"typ":"JWT"}""");
        var claims = Encode($$"""{"iss":{{Text(source)}},"sub":{{Text(source)}},"aud":{{Text(audience)}},"iat":{{issued}},"nbf":{{issued}},"exp":{{expires}},"jti":"{{Guid.CreateVersion7():N}}"}""");
        var signature = key.Sign(Encoding.ASCII.GetBytes($"{header}.{claims}"));
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Text(string value) => JsonSerializer.Serialize(value);

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
