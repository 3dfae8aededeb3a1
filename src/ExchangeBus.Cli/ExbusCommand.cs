using System.CommandLine;
using ExchangeBus.Cli.Commands;

namespace ExchangeBus.Cli;

/// <summary><c>exbus</c>: what a person does at the bus from a terminal.</summary>
internal static class ExbusCommand
{
    private const int Refused = 1;
    private const int Misused = 2;

    /// <summary>0: done. 1: the answer is no. 2: it could not be asked, and a sentence on <paramref name="error"/> says why.</summary>
    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Speaks to ExchangeBus from a terminal.")
        {
            KeysCommand.Create(output),
            TokenCommand.Create(output),
            SignCommand.Create(output),
            VerifyCommand.Create(output),
            PublishCommand.Create(output),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }) is 0 ? 0 : Refused;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or HttpRequestException or ExchangeBus.Signatures.CanonicalJsonException or System.Text.Json.JsonException or ArgumentException)
        {
            await error.WriteLineAsync(e.Message);
            return Misused;
        }
    }
}
