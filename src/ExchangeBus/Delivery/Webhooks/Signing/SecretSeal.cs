using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Delivery.Webhooks.Signing;

/// <summary>
/// Encrypts signing keys for the database and opens them again: AES-256-GCM (NIST SP 800-38D), a random nonce of 96 bits for each. The associated data are the subscription and
/// the id of the key, so that a row that is copied over another opens no more. As text: <c>sealed:&lt;key name&gt;:&lt;base64 of nonce, tag and ciphertext&gt;</c>.
/// </summary>
internal sealed class SecretSeal(IOptions<SealingOptions> options, ILogger<SecretSeal> logger)
{
    private const string Prefix = "sealed:";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly ConcurrentDictionary<Guid, bool> _told = new();

    /// <summary>Whether a key is configured to encrypt with.</summary>
    internal bool CanSeal => !string.IsNullOrEmpty(options.Value.Current);

    /// <summary>How everything begins that the current key has encrypted; null without one.</summary>
    internal string? CurrentPrefix => CanSeal ? $"{Prefix}{options.Value.Current}:" : null;

    /// <summary>Whether it lies as it was before keys were encrypted.</summary>
    internal static bool IsPlain(string stored) => !stored.StartsWith(Prefix, StringComparison.Ordinal);

    /// <exception cref="InvalidOperationException">No key is configured (<see cref="CanSeal"/>).</exception>
    internal string Seal(string subscription, Guid key, string secret)
    {
        if (CurrentPrefix is not { } prefix)
            throw new InvalidOperationException($"{SealingOptions.Section}:Current is not set.");
        var plain = Encoding.UTF8.GetBytes(secret);
        var whole = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = whole.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Convert.FromBase64String(options.Value.Keys[options.Value.Current!]), TagBytes);
        aes.Encrypt(nonce, plain, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), PlaceOf(subscription, key));
        CryptographicOperations.ZeroMemory(plain);
        return prefix + Convert.ToBase64String(whole);
    }

    /// <summary>The signing key; null, and one line in the log, when it cannot be opened: its key is not configured, or it was changed or belongs to another row.</summary>
    internal string? Open(string subscription, Guid key, string stored)
    {
        // Of a host that runs before it has rewritten them, or without a key.
        if (IsPlain(stored))
            return stored;
        var (secret, reason) = TryOpen(subscription, key, stored);
        if (reason is not null && _told.TryAdd(key, true))
            logger.WebhookKeyNotOpened(key, subscription, reason);
        return secret;
    }

    private (string? Secret, string? Reason) TryOpen(string subscription, Guid key, string stored)
    {
        var end = stored.IndexOf(':', Prefix.Length);
        if (end < 0 || !options.Value.Keys.TryGetValue(stored[Prefix.Length..end], out var with))
            return (null, "the key it is encrypted with is not configured");
        var whole = new byte[stored.Length];
        if (!Convert.TryFromBase64String(stored[(end + 1)..], whole, out var length) || length < NonceBytes + TagBytes)
            return (null, "it is not what the bus has written");
        var plain = new byte[length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(Convert.FromBase64String(with), TagBytes);
            aes.Decrypt(whole.AsSpan(0, NonceBytes), whole.AsSpan((NonceBytes + TagBytes)..length), whole.AsSpan(NonceBytes, TagBytes), plain, PlaceOf(subscription, key));
            return (Encoding.UTF8.GetString(plain), null);
        }
        catch (AuthenticationTagMismatchException)
        {
            return (null, "it was changed, or belongs to another row");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static byte[] PlaceOf(string subscription, Guid key) => Encoding.UTF8.GetBytes($"webhook_key\n{subscription}\n{key:D}");
}
