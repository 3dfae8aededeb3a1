using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>
/// Callers by their client certificate. TLS has shown that they hold its private key; who they are says the registration of its public
/// key, not a chain of issuers (RFC 8705, section 2.2).
/// </summary>
internal sealed class CallerCertificates(AgencyDirectory directory)
{
    // A connection keeps one certificate for all its requests.
    private readonly ConditionalWeakTable<X509Certificate2, string> _hashes = [];

    /// <summary>The registration; null without a refusal when the connection has no certificate.</summary>
    internal AgencyKey? Find(HttpContext context, DateTimeOffset now, out CallerRefusal? refusal)
    {
        refusal = null;
        if (context.Connection.ClientCertificate is not { } certificate)
            return null;
        if (directory.FindByCertificate(_hashes.GetValue(certificate, HashOf)) is not { } registered)
            refusal = CallerRefusals.CertificateUnknown();
        else if (now >= registered.ValidUntil || now < registered.ValidFrom || now > certificate.NotAfter.ToUniversalTime() || now < certificate.NotBefore.ToUniversalTime())
            refusal = CallerRefusals.CertificateExpired();
        else
            return registered;
        return null;
    }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal.</summary>
    internal static string HashOf(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
}
