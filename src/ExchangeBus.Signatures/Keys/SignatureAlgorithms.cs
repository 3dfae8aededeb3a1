namespace ExchangeBus.Signatures;

/// <summary>The JWS algorithms that the bus takes. No <c>none</c>, and none with a shared secret.</summary>
public static class SignatureAlgorithms
{
    /// <summary>ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4).</summary>
    public const string Es256 = "ES256";

    /// <summary>Ed25519 (RFC 8037, section 3.1).</summary>
    public const string EdDsa = "EdDSA";
}
