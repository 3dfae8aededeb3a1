using System.CommandLine;
using System.Text;
using ExchangeBus.Contracts;
using ExchangeBus.Signatures;

namespace ExchangeBus.Cli.Commands;

/// <summary><c>exbus sign</c>.</summary>
internal static class SignCommand
{
    internal static Command Create(TextWriter output)
    {
        var (key, file) = (CommonOptions.Key(), CommonOptions.Event());
        var command = new Command("sign", "Prints an event with its signature.") { key, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var read = CloudEventJson.Read(await CommonOptions.ReadEventAsync(parsed.GetValue(file), cancellationToken));
            using var signer = KeyFile.Read(parsed.GetRequiredValue(key)).Key;
            await output.WriteLineAsync(Encoding.UTF8.GetString(CloudEventJson.Write(EventSignature.Sign(read, signer))));
            return 0;
        });
        return command;
    }
}
