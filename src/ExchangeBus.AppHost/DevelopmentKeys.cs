using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ExchangeBus.Signatures;

namespace ExchangeBus.AppHost;

/// <summary>
/// Keys of the development systems, made on this machine when there are none, in a folder that git leaves alone. The private file names
/// the system too (RFC 7517, section 4, lets a JWK have more members), so that <c>exbus</c> needs the file and nothing else.
/// </summary>
internal static class DevelopmentKeys
{
    /// <summary>Below the folder where the program was started.</summary>
    internal static string Folder { get; } = Path.Combine(Environment.CurrentDirectory, "artifacts", "development-keys");

    internal static string PrivateFile(string folder, string system) => Path.Combine(folder, $"{system}.jwk");

    internal static string PublicFile(string folder, string system) => Path.Combine(folder, $"{system}.public.jwk");

    /// <summary>Makes the keys that are missing.</summary>
    internal static void Make(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (agency, system) in DevelopmentAgencies.All.SelectMany(a => a.Systems.Select(s => (a.Code, s.Name))))
        {
            if (File.Exists(PrivateFile(folder, system)) && File.Exists(PublicFile(folder, system)))
                continue;
            using var key = SigningKey.Create();
            var written = JsonNode.Parse(key.ToPrivateJwk())!.AsObject();
            written["source"] = $"urn:exchangebus:agency:{agency}:{system}";
            WritePrivately(PrivateFile(folder, system), written.ToJsonString());
            File.WriteAllText(PublicFile(folder, system), key.PublicKey.ToJwk());
        }
    }

    /// <summary>Encrypts signing keys of webhooks in the database; made when there is none.</summary>
    internal static string SealingKey(string folder)
    {
        var file = Path.Combine(folder, "webhook-sealing.key");
        if (!File.Exists(file))
            WritePrivately(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return File.ReadAllText(file).Trim();
    }

    private static void WritePrivately(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }
}
