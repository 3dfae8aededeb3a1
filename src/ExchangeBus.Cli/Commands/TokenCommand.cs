using System.CommandLine;
using ExchangeBus.Signatures;

namespace ExchangeBus.Cli.Commands;

/// <summary><c>exbus token</c>.</summary>
internal static class TokenCommand
{
    internal static Command Create(TextWriter output)
    {
        var (key, source, audience, bus) = (CommonOptions.Key(), CommonOptions.Source(), CommonOptions.Audience(), CommonOptions.Bus());
        var lifetime = new Option<int>("--lifetime") { Description = "Life of a signed token in seconds, 1 to 300.", DefaultValueFactory = _ => 60 };
        lifetime.Validators.Add(result =>
        {
            if (result.GetValue(lifetime) is < 1 or > 300)
                result.AddError("--lifetime must be 1 to 300.");
        });
        var command = new Command("token", "Prints a token for 'Authorization: Bearer'. With --bus one that the bus gives, for many requests in 5 minutes; else one that is signed here, for one request.")
        {
            key, source, audience, bus, lifetime,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = KeyFile.Read(parsed.GetRequiredValue(key));
            var (whose, name) = (file.SourceOr(parsed.GetValue(source)), parsed.GetValue(audience)!);
            await output.WriteLineAsync(parsed.GetValue(bus) is { } address
                ? await ExchangeAsync(file, address, whose, name, cancellationToken)
                : ClientAssertion.Create(whose, name, file.Key, TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(parsed.GetValue(lifetime))));
            return 0;
        });
        return command;
    }

    private static async Task<string> ExchangeAsync(KeyFile file, Uri bus, string source, string audience, CancellationToken cancellationToken)
    {
        using var authentication = CommonOptions.Authenticate(file, bus, source, audience);
        return await authentication.GetAccessTokenAsync(cancellationToken);
    }
}
