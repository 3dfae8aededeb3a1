using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using ExchangeBus.Delivery.Webhooks.Signing;
using ExchangeBus.Signatures;

namespace ExchangeBus.Delivery.Webhooks.Endpoints;

/// <summary>Kinds of keys, and making them.</summary>
internal static class KeyKinds
{
    internal const string Shared = "hmac-sha256";
    internal const string Pair = "ed25519";
    private const int Bytes = 32;

    internal static bool IsOne(string? kind) => kind is null or Shared or Pair;

    internal static string Make(string? kind)
    {
        var random = RandomNumberGenerator.GetBytes(Bytes);
        return kind == Pair
            ? WebhookSecret.PrivatePrefix + Convert.ToBase64String([.. random, .. PublicOf(random)])
            : WebhookSecret.SymmetricPrefix + Convert.ToBase64String(random);
    }

    private static byte[] PublicOf(byte[] seed)
    {
        using var key = SigningKey.FromEd25519Seed(seed);
        using var jwk = JsonDocument.Parse(key.PublicKey.ToJwk());
        return Base64Url.DecodeFromChars(jwk.RootElement.GetProperty("x").GetString());
    }
}
