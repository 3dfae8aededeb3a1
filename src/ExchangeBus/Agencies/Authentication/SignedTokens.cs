using System.Buffers.Text;
using System.Text;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>Tokens that a system signs with its own key: JWT (RFC 7519), each for one use.</summary>
internal sealed class SignedTokens(AgencyDirectory directory, UsedTokens usedTokens, IOptions<CallerOptions> options)
{
    private const int MaxLength = 4096;
    private const int MaxIdLength = 128;

    /// <summary>The key that signed the token, or why it is not taken. A token that is taken cannot be used again.</summary>
    /// <exception cref="Npgsql.NpgsqlException">Nobody can say now whether it was used before.</exception>
    internal async Task<(AgencyKey? Key, CallerRefusal? Refusal)> UseAsync(string token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Check(token, now, out var key, out var used) is { } refusal)
            return (null, refusal);
        return await usedTokens.TryUseAsync(key!.System.Source, used.Id, used.Until, cancellationToken) ? (key, null) : (null, CallerRefusals.Replayed());
    }

    /// <summary>Everything but whether it was used before: by whom, until when it must be remembered.</summary>
    internal CallerRefusal? Check(string token, DateTimeOffset now, out AgencyKey? key, out (string Id, DateTimeOffset Until) used)
    {
        (key, used) = (null, default);
        if (Parse(token) is not { } parsed)
            return CallerRefusals.Malformed();
        // Whatever else the header says: these two and no other, so neither "none" nor a shared secret (RFC 8725, section 3.1).
        if (parsed.Alg is not (SignatureAlgorithms.Es256 or SignatureAlgorithms.EdDsa))
            return CallerRefusals.Algorithm();
        if (string.IsNullOrEmpty(parsed.Kid))
            return CallerRefusals.MissingClaim("kid");
        if (!TryGet(parsed, JwtRegisteredClaimNames.Iss, out string? issuer) || string.IsNullOrEmpty(issuer))
            return CallerRefusals.MissingClaim("iss");
        key = directory.FindKey(issuer, parsed.Kid);
        if (key is null)
            return CallerRefusals.KeyUnknown();
        if (!string.Equals(parsed.Alg, key.Key!.Algorithm, StringComparison.Ordinal))
            return CallerRefusals.Algorithm();
        var split = token.LastIndexOf('.');
        // What comes after this is said to the holder of the key only.
        if (!Base64Url.IsValid(token.AsSpan(split + 1)) || !key.Key.Verify(Encoding.ASCII.GetBytes(token[..split]), Base64Url.DecodeFromChars(token.AsSpan(split + 1))))
            return CallerRefusals.Signature();
        if (now >= key.ValidUntil)
            return CallerRefusals.KeyExpired();
        if (now < key.ValidFrom)
            return CallerRefusals.KeyNotYetValid();
        return CheckClaims(parsed, issuer, now, out used);
    }

    private CallerRefusal? CheckClaims(JsonWebToken token, string issuer, DateTimeOffset now, out (string, DateTimeOffset) used)
    {
        used = default;
        if (!TryGet(token, JwtRegisteredClaimNames.Sub, out string? subject) || !string.Equals(subject, issuer, StringComparison.Ordinal))
            return CallerRefusals.Subject();
        if (!token.Audiences.Contains(options.Value.Audience, StringComparer.Ordinal))
            return CallerRefusals.Audience();
        if (!TryGet(token, JwtRegisteredClaimNames.Exp, out double expires))
            return CallerRefusals.MissingClaim("exp");
        if (!TryGet(token, JwtRegisteredClaimNames.Iat, out double issued))
            return CallerRefusals.MissingClaim("iat");
        if (!TryGet(token, JwtRegisteredClaimNames.Jti, out string? id) || id is not { Length: > 0 and <= MaxIdLength })
            return CallerRefusals.MissingClaim("jti");
        var notBefore = issued;
        if (token.TryGetPayloadValue<object>(JwtRegisteredClaimNames.Nbf, out _) && !TryGet(token, JwtRegisteredClaimNames.Nbf, out notBefore))
            return CallerRefusals.MissingClaim("nbf");

        var present = now.ToUnixTimeMilliseconds() / 1000d;
        var skew = options.Value.ClockSkew.TotalSeconds;
        var longest = CallerOptions.MaxAssertionLifetime.TotalSeconds;
        if (expires <= present - skew)
            return CallerRefusals.Expired();
        if (Math.Max(notBefore, issued) > present + skew)
            return CallerRefusals.NotYetValid();
        if (expires - issued > longest || expires > present + longest + skew)
            return CallerRefusals.Lifetime();
        used = (id, now + TimeSpan.FromSeconds(expires - present + skew));
        return null;
    }

    // Refuses encrypted tokens (five parts), and what the library cannot read; its exceptions are many.
    private static JsonWebToken? Parse(string token)
    {
        if (token.Length > MaxLength || token.AsSpan().Count('.') != 2)
            return null;
        try
        {
            var parsed = new JsonWebToken(token);
            // What is critical must be understood (RFC 7515, section 4.1.11), and nothing of that kind is.
            return parsed.TryGetHeaderValue<object>("crit", out _) ? null : parsed;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or SecurityTokenException or System.Text.Json.JsonException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private static bool TryGet<T>(JsonWebToken token, string claim, out T? value)
    {
        try
        {
            return token.TryGetPayloadValue(claim, out value) && value is not double.NaN;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            value = default;
            return false;
        }
    }
}
