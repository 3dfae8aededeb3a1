using System.CommandLine;
using ExchangeBus.Client;
using ExchangeBus.Client.Authentication;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Cli;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    internal static Option<FileInfo> Key() => new("--key") { Description = "File of the private key: JWK or PEM.", Required = true };

    internal static Option<string?> Source()
    {
        var source = new Option<string?>("--source") { Description = "Whose key it is, urn:exchangebus:agency:<agency>:<system>. Default: what the file says." };
        source.Validators.Add(result =>
        {
            if (result.GetValue(source)?.Split(':') is not (null or ["urn", "exchangebus", "agency", { Length: > 0 }, { Length: > 0 }]))
                result.AddError("--source must be urn:exchangebus:agency:<agency>:<system>.");
        });
        return source;
    }

    internal static Option<string> Audience() => new("--audience") { Description = "Name of the bus.", DefaultValueFactory = _ => ClientAssertion.DefaultAudience };

    internal static Option<Uri?> Bus() => new("--bus")
    {
        Description = "Address of the bus.",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value.TrimEnd('/') + "/", UriKind.Absolute, out var address) ? address : Fail(result),
    };

    internal static Argument<FileInfo?> Event() => new("event") { Description = "File of one event as CloudEvents JSON. Default: standard input.", Arity = ArgumentArity.ZeroOrOne };

    internal static async Task<byte[]> ReadEventAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is not null)
            return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        using var read = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(read, cancellationToken);
        return read.ToArray();
    }

    /// <summary>A client of the bus that proves itself with a key file.</summary>
    internal static HttpClient Connect(KeyFile file, Uri bus, string source, string audience) =>
        new(Authenticate(file, bus, source, audience)) { BaseAddress = bus };

    internal static BusAuthentication Authenticate(KeyFile file, Uri bus, string source, string audience)
    {
        var parts = source.Split(':');
        if (parts is not ["urn", "exchangebus", "agency", var agency, var system])
            throw new ArgumentException("The source must be urn:exchangebus:agency:<agency>:<system>.");
        var options = Options.Create(new ClientOptions { Agency = agency, System = system, PrivateKey = file.Key.ToPrivateJwk(), BusAddress = bus, Audience = audience });
        return new BusAuthentication(options, TimeProvider.System) { InnerHandler = new SocketsHttpHandler() };
    }

    private static Uri? Fail(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError("--bus is not an address.");
        return null;
    }
}
