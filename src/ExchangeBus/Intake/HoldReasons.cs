using System.Text.Json;
using ExchangeBus.Checks;
using ExchangeBus.Contracts;

namespace ExchangeBus.Intake;

/// <summary>Why an event is held, as the queue of people keeps it: codes, places and texts, no personal data.</summary>
internal static class HoldReasons
{
    /// <summary>The reasons; that it waits behind another one when there are none of its own.</summary>
    internal static IReadOnlyList<Violation> Read(string? reasons) =>
        reasons is null ? [Rejections.WaitsBehind()] : JsonSerializer.Deserialize<IReadOnlyList<Violation>>(reasons, EventData.Json)!;

    internal static string Write(IReadOnlyList<Violation> violations) => JsonSerializer.Serialize(violations, EventData.Json);
}
