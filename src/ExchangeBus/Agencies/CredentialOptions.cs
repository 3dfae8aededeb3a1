using System.ComponentModel.DataAnnotations;
using ExchangeBus.Signatures;

namespace ExchangeBus.Agencies;

/// <summary>When a credential of a system holds.</summary>
public abstract class CredentialOptions : IValidatableObject
{
    /// <summary>From when on it holds. Default: from the start.</summary>
    public DateTimeOffset? ValidFrom { get; set; }

    /// <summary>Until when it holds. Default: until it is taken out.</summary>
    public DateTimeOffset? ValidUntil { get; set; }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ValidFrom >= ValidUntil ? [new ValidationResult("ValidFrom must be before ValidUntil.")] : [];
}

/// <summary>One public key of a system, of P-256 (ES256) or Ed25519 (EdDSA).</summary>
public sealed class KeyOptions : CredentialOptions
{
    /// <summary>The key: a JWK, a PEM <c>PUBLIC KEY</c>, or the base64 of a SubjectPublicKeyInfo. This or <see cref="PublicKeyFile"/> is required.</summary>
    public string? PublicKey { get; set; }

    /// <summary>A file that holds the same; read when the host starts.</summary>
    public string? PublicKeyFile { get; set; }

    /// <summary>The <c>kid</c> that its signatures name, 1 to 256 characters. Default: the key's SHA-256 thumbprint (RFC 7638), which nobody can guess.</summary>
    [StringLength(256, MinimumLength = 1)]
    public string? KeyId { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReadProblem() is { } problem)
            yield return new ValidationResult(problem);
        foreach (var result in base.Validate(validationContext))
            yield return result;
    }

    internal VerificationKey Read() => VerificationKey.Parse(PublicKey ?? File.ReadAllText(PublicKeyFile!));

    /// <summary>The <c>kid</c>; null when the key is not valid.</summary>
    internal string? ReadKeyId() => KeyId ?? (ReadProblem() is null ? Read().Thumbprint : null);

    private string? ReadProblem()
    {
        if (string.IsNullOrEmpty(PublicKey) == string.IsNullOrEmpty(PublicKeyFile))
            return "A key has either PublicKey or PublicKeyFile.";
        try
        {
            Read();
            return null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}

/// <summary>One client certificate of a system.</summary>
public sealed class CertificateOptions : CredentialOptions
{
    /// <summary>SHA-256 of the certificate's SubjectPublicKeyInfo, 64 hexadecimal digits, so that a renewed certificate of the same key stays known. Required.</summary>
    [Required, RegularExpression("^[0-9A-Fa-f]{64}$")]
    public string PublicKeySha256 { get; set; } = "";
}
