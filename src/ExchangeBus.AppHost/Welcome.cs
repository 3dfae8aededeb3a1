using ExchangeBus.LocalServers;

namespace ExchangeBus.AppHost;

/// <summary>What a newcomer sees first.</summary>
internal static class Welcome
{
    internal static string Text(Uri address, RabbitMqServer broker, int hostProcess, AppHostOptions options, TimeSpan took) => $"""

        ExchangeBus is ready after {took.TotalSeconds:0.0} s. Ctrl-C stops everything.

          page       {address}
          API        {address}events
          AMQP       {new UriBuilder(broker.AmqpUri) { UserName = "", Password = "" }.Uri}   user <agency>.<system>, password {DevelopmentAgencies.BrokerPasswordOf("<system>")}
          RabbitMQ   {broker.ManagementUri}   user {broker.UserName}, password {broker.Password}
          host       process {hostProcess}; kill it if you like, it comes back and nothing is lost
          traffic    {options.Rate} invented dossiers a second{(options.Dossiers > 0 ? $", {options.Dossiers} at once" : "")}

        Publish a dossier of your own, as the portal, with its development key:
          TOKEN=$(dotnet run --project src/ExchangeBus.Cli -- token --bus {address} --key {Path.GetRelativePath(Environment.CurrentDirectory, DevelopmentKeys.PrivateFile(DevelopmentKeys.Folder, "portal"))})
          curl -i {address}events \
            -H "Authorization: Bearer $TOKEN" \
            -H 'Content-Type: application/cloudevents+json' \
            --data-binary @schemas/portal/linkedbirthsubmitted/example.cloudevent.json

        Ask who has it, with the sequence of the receipt in place of 1:
          curl {address}events/1/deliveries -H "Authorization: Bearer $TOKEN"      # holds for 5 minutes

        Other systems, and what each may do: docs/for-agencies.md, "The development bus".

        """;
}
