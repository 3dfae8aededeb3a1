using System.Text.Json;
using ExchangeBus.Signatures;

namespace ExchangeBus.Cli;

/// <summary>A private key on disk: a PEM, or a JWK that may also name its system in the member <c>source</c>.</summary>
internal sealed record KeyFile(SigningKey Key, string? Source)
{
    internal static KeyFile Read(FileInfo file)
    {
        var text = File.ReadAllText(file.FullName);
        return new KeyFile(SigningKey.Parse(text), SourceIn(text));
    }

    /// <exception cref="ArgumentException">Neither the option nor the file names the system.</exception>
    internal string SourceOr(string? option) => option ?? Source
        ?? throw new ArgumentException("Say whose key it is: --source urn:exchangebus:agency:<agency>:<system>");

    private static string? SourceIn(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{', ..])
            return null;
        using var jwk = JsonDocument.Parse(text);
        return jwk.RootElement.TryGetProperty("source", out var source) ? source.GetString() : null;
    }
}
