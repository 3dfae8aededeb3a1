namespace ExchangeBus.Tests.Architecture;

/// <summary>Which folder of <c>src/ExchangeBus</c> may use which. A new arrow is a decision; write it here with the change that needs it.</summary>
internal static class FolderArrows
{
    /// <summary>The package, not our libraries for it.</summary>
    public const string MassTransit = "(MassTransit)";

    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Platform"] = ["Contracts"],
        ["Agencies"] = ["Platform", "Contracts", "Signatures"],
        ["Log"] = ["Platform", "Contracts"],
        ["Checks"] = ["Agencies", "Contracts", "JsonSchema"],
        // Checks: only where the schemas lie.
        ["Schemas"] = ["Checks", "Contracts", "JsonSchema"],
        // Checks: what a schema says of a field. Schemas: how strict a classification is.
        ["Release"] = ["Checks", "Schemas", "Contracts"],
        ["Intake"] = ["Agencies", "Checks", "Log", "Platform", "Contracts"],
        // Log: the event that is judged, and the lock under which a change of the rules finds its place. Checks: where an event lies.
        ["Subscriptions"] = ["Agencies", "Log", "Platform", "Release", "Checks", "Contracts", "CloudEvents"],
        ["Dispatch"] = ["Subscriptions", "Release", "Log", "Platform", "Contracts"],
        // Log: how far it is needed. Subscriptions: what an event's place in the log means for a subscription. Signatures: Ed25519 for webhooks.
        // Dispatch: how a delivered message is put together, and what is counted, whichever way it goes. CloudEvents: each part of a filter, to explain it.
        ["Delivery"] = ["Agencies", "Subscriptions", "Dispatch", "Release", "CloudEvents", "Log", "Platform", "Contracts", "Signatures"],
        // Agencies: officers act on dossiers.
        ["Procedures"] =
        [
            "Agencies", "Checks", "Log", "Delivery", "Subscriptions", "Platform", "Contracts", "MassTransit.CloudEvents", "MassTransit.PostgreSql", "MassTransit.RabbitMq", MassTransit,
        ],
        ["Console"] = ["Delivery", "Procedures"],
    };

    /// <summary>The folder or library of a namespace; null when it is neither ours nor MassTransit's, or is the root that lists the folders.</summary>
    public static string? FolderOf(string name)
    {
        var parts = name.Split('.');
        return parts switch
        {
            ["MassTransit", ..] => MassTransit,
            ["ExchangeBus", "MassTransit", var library, ..] => $"MassTransit.{library}",
            ["ExchangeBus", var folder, ..] => folder,
            _ => null,
        };
    }

    public static bool IsAllowed(string from, string to) => from == to || (Allowed.TryGetValue(from, out var allowed) && allowed.Contains(to));
}
