using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace ExchangeBus.Signatures;

/// <summary>
/// A JWS in compact form whose payload is left out (RFC 7515, appendix F): <c>header..signature</c>. The payload is signed in
/// base64url as in any JWS, so that whoever puts it back can check the signature with any library.
/// </summary>
public sealed class DetachedJws
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int MaxLength = 1024;

    private readonly string _header;
    private readonly byte[] _signature;

    private DetachedJws(string header, byte[] signature, string algorithm, string keyId) =>
        (_header, _signature, Algorithm, KeyId) = (header, signature, algorithm, keyId);

    /// <summary>What the header names as <c>alg</c>.</summary>
    public string Algorithm { get; }

    /// <summary>What the header names as <c>kid</c>.</summary>
    public string KeyId { get; }

    /// <summary>Signs a payload.</summary>
    public static string Sign(ReadOnlySpan<byte> payload, SigningKey key)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            $$"""{"alg":"{{key.PublicKey.Algorithm}}","kid":{{JsonSerializer.Serialize(key.KeyId)}}}"""));
        return $"{header}..{Base64Url.EncodeToString(key.Sign(SigningInput(header, payload)))}";
    }

    /// <summary>Reads a detached JWS. False for anything else: another form, a header without <c>alg</c> and <c>kid</c>, with <c>crit</c>, or with a name twice.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DetachedJws? jws)
    {
        jws = null;
        if (text.Length > MaxLength || text.Split('.') is not [{ Length: > 0 } header, "", { Length: > 0 } signature])
            return false;
        try
        {
            using var read = JsonDocument.Parse(Base64Url.DecodeFromChars(header), new JsonDocumentOptions { AllowDuplicateProperties = false });
            // What is critical must be understood (RFC 7515, section 4.1.11), and nothing of that kind is.
            if (read.RootElement.ValueKind != JsonValueKind.Object || read.RootElement.TryGetProperty("crit", out _) || read.RootElement.TryGetProperty("b64", out _)
                || Jwk.Member(read.RootElement, "alg") is not { } algorithm || Jwk.Member(read.RootElement, "kid") is not { Length: > 0 } keyId)
                return false;
            jws = new DetachedJws(header, Base64Url.DecodeFromChars(signature), algorithm, keyId);
            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>True when this is the key's signature of the payload, by the key's own algorithm.</summary>
    public bool Verify(ReadOnlySpan<byte> payload, VerificationKey key) =>
        string.Equals(Algorithm, key.Algorithm, StringComparison.Ordinal) && key.Verify(SigningInput(_header, payload), _signature);

    private static byte[] SigningInput(string header, ReadOnlySpan<byte> payload)
    {
        var input = new byte[header.Length + 1 + Base64Url.GetEncodedLength(payload.Length)];
        Encoding.ASCII.GetBytes(header, input);
        input[header.Length] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, input.AsSpan(header.Length + 1));
        return input;
    }
}
