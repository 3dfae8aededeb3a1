using System.CommandLine;
using System.Text.Json.Nodes;
using ExchangeBus.Signatures;

namespace ExchangeBus.Cli.Commands;

/// <summary><c>exbus keys</c>.</summary>
internal static class KeysCommand
{
    internal static Command Create(TextWriter output) => new("keys", "Makes and shows keys of a system.") { New(output), Public(output) };

    private static Command New(TextWriter output)
    {
        var file = new Option<FileInfo>("--out") { Description = "Where the private key goes; must not exist yet.", Required = true };
        var publicFile = new Option<FileInfo?>("--public-out") { Description = "Where the public key goes. Default: standard output." };
        var algorithm = new Option<string>("--algorithm") { Description = "EdDSA or ES256.", DefaultValueFactory = _ => SignatureAlgorithms.EdDsa };
        algorithm.AcceptOnlyFromAmong(SignatureAlgorithms.EdDsa, SignatureAlgorithms.Es256);
        var source = CommonOptions.Source();
        var command = new Command("new", "Makes a key: the private half into a file that only you can read, the public half for the bus to register.") { file, publicFile, algorithm, source };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var key = SigningKey.Create(parsed.GetValue(algorithm)!);
            var jwk = JsonNode.Parse(key.ToPrivateJwk())!.AsObject();
            if (parsed.GetValue(source) is { } whose)
                jwk["source"] = whose;
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var writer = new StreamWriter(parsed.GetRequiredValue(file).FullName, options))
                await writer.WriteAsync(jwk.ToJsonString().AsMemory(), cancellationToken);
            if (parsed.GetValue(publicFile) is { } shown)
                await File.WriteAllTextAsync(shown.FullName, key.PublicKey.ToJwk(), cancellationToken);
            else
                await output.WriteLineAsync(key.PublicKey.ToJwk());
            return 0;
        });
        return command;
    }

    private static Command Public(TextWriter output)
    {
        var file = CommonOptions.Key();
        var command = new Command("public", "Shows the public half of a key as JWK, and its kid.") { file };
        command.SetAction(parsed =>
        {
            using var key = KeyFile.Read(parsed.GetRequiredValue(file)).Key;
            output.WriteLine(key.PublicKey.ToJwk());
            output.WriteLine($"kid {key.KeyId}");
            return 0;
        });
        return command;
    }
}
