using ExchangeBus.Platform;

namespace ExchangeBus.Subscriptions;

/// <summary>Who receives, and how; set once. What it asks for is in its versions.</summary>
/// <param name="Name">Its whole name, <c>agency.name</c>; the queue carries it.</param>
/// <param name="Agency">Code of the agency.</param>
/// <param name="Way">How it receives.</param>
/// <param name="Partitions">Queues by order key, 1 to 32.</param>
/// <param name="IsOrdered">Events of one order key come one after the other.</param>
/// <param name="Acknowledges">
/// The subscriber says to the bus what is done. False for one that cannot: then the broker's confirm counts, there is no receipt, and a purged queue is not filled again.
/// </param>
internal sealed record Subscription(string Name, string Agency, Way Way, int Partitions, bool IsOrdered, bool Acknowledges = true)
{
    /// <summary>The bus's own procedures subscribe like any agency, under this code.</summary>
    internal const string BusAgency = "exchangebus";

    /// <summary>One consumer at a time, because order across connections matters; the next one takes over when it is gone.</summary>
    internal bool SingleActiveConsumer => IsOrdered;

    internal string QueueOf(int partition) => Agency == BusAgency
        ? $"exchangebus.procedures.{Name[(BusAgency.Length + 1)..]}"
        : Topology.QueueOf(Name, partition, Partitions);
}
