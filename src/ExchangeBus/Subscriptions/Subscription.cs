using ExchangeBus.Platform;

namespace ExchangeBus.Subscriptions;

/// <summary>Who receives, and how. The name is <c>agency.name</c>; the queue carries it. What it asks for is in its versions.</summary>
internal sealed record Subscription(string Name, string Agency, Way Way, int Partitions, bool IsOrdered)
{
    /// <summary>The bus's own procedures subscribe like any agency, under this code.</summary>
    internal const string BusAgency = "exchangebus";

    /// <summary>One consumer at a time, because order across connections matters; the next one takes over when it is gone.</summary>
    internal bool SingleActiveConsumer => IsOrdered;

    internal string QueueOf(int partition) => Agency == BusAgency
        ? $"exchangebus.procedures.{Name[(BusAgency.Length + 1)..]}"
        : Topology.QueueOf(Name, partition, Partitions);
}
