using System.CommandLine;
using System.Net.Http.Headers;
using ExchangeBus.Contracts;

namespace ExchangeBus.Cli.Commands;

/// <summary><c>exbus publish</c>.</summary>
internal static class PublishCommand
{
    internal static Command Create(TextWriter output)
    {
        var (key, source, audience, bus, file) = (CommonOptions.Key(), CommonOptions.Source(), CommonOptions.Audience(), CommonOptions.Bus(), CommonOptions.Event());
        bus.Required = true;
        var command = new Command("publish", "Publishes an event and prints the bus's answer; exit code 1 when it is not accepted.") { key, source, audience, bus, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var read = await CommonOptions.ReadEventAsync(parsed.GetValue(file), cancellationToken);
            var keyFile = KeyFile.Read(parsed.GetRequiredValue(key));
            using var http = CommonOptions.Connect(keyFile, parsed.GetValue(bus)!, keyFile.SourceOr(parsed.GetValue(source)), parsed.GetValue(audience)!);
            using var content = new ByteArrayContent(read) { Headers = { ContentType = new MediaTypeHeaderValue(CloudEventJson.MediaType) } };
            using var response = await http.PostAsync(new Uri("events", UriKind.Relative), content, cancellationToken);
            await output.WriteLineAsync(await response.Content.ReadAsStringAsync(cancellationToken));
            return response.IsSuccessStatusCode ? 0 : 1;
        });
        return command;
    }
}
