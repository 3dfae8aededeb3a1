using ExchangeBus.Signatures;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Client.Authentication;

/// <summary>The system's private key as it is now.</summary>
internal sealed class ClientKey(IOptions<ClientOptions> options)
{
    private readonly Lock _reading = new();
    private (SigningKey Key, DateTime Written)? _read;

    /// <summary>The key; from a file, as the file is now.</summary>
    /// <exception cref="FormatException">The text is no private key of Ed25519 or P-256.</exception>
    internal SigningKey Current
    {
        get
        {
            lock (_reading)
            {
                var written = options.Value.PrivateKeyFile is { } file ? File.GetLastWriteTimeUtc(file) : default;
                // The key before stays usable: somebody may be signing with it.
                if (_read is not { } read || read.Written != written)
                    _read = (SigningKey.Parse(options.Value.PrivateKey ?? File.ReadAllText(options.Value.PrivateKeyFile!)), written);
                return _read.Value.Key;
            }
        }
    }
}
