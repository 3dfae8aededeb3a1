using System.CommandLine;
using ExchangeBus.Contracts;
using ExchangeBus.Signatures;

namespace ExchangeBus.Cli.Commands;

/// <summary><c>exbus verify</c>.</summary>
internal static class VerifyCommand
{
    internal static Command Create(TextWriter output)
    {
        var key = new Option<FileInfo>("--key") { Description = "File of the public key: JWK or PEM.", Required = true };
        var file = CommonOptions.Event();
        var command = new Command("verify", "Says whether an event carries the signature of this key; exit code 1 when it does not.") { key, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var read = CloudEventJson.Read(await CommonOptions.ReadEventAsync(parsed.GetValue(file), cancellationToken));
            var verifier = VerificationKey.Parse(await File.ReadAllTextAsync(parsed.GetRequiredValue(key).FullName, cancellationToken));
            var right = EventSignature.Verify(read, verifier);
            await output.WriteLineAsync(right ? "The signature is right." : "The event does not carry a signature of this key.");
            return right ? 0 : 1;
        });
        return command;
    }
}
