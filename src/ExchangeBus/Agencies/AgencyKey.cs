using ExchangeBus.Signatures;

namespace ExchangeBus.Agencies;

/// <summary>A registered public key or client certificate of a system, in force or not.</summary>
/// <param name="Id">Its row in the database.</param>
/// <param name="System">Whose it is.</param>
/// <param name="KeyId">The kid; of a certificate the SHA-256 of its public key.</param>
/// <param name="Key">What checks its signatures; null for a certificate, which TLS checks.</param>
/// <param name="ValidFrom">From when on it holds.</param>
/// <param name="ValidUntil">Until when it holds.</param>
internal sealed record AgencyKey(long Id, AgencySystem System, string KeyId, VerificationKey? Key, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil);
