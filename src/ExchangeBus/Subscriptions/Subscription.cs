using ExchangeBus.Agencies;
using ExchangeBus.Log;
using ExchangeBus.Platform;

namespace ExchangeBus.Subscriptions;

/// <summary>Who gets what. The name is <c>agency.name</c>; the queue carries it.</summary>
internal sealed record Subscription(string Name, string Agency, string[] Types, int Partitions)
{
    /// <summary>The bus's own procedures subscribe like any agency, under this code.</summary>
    internal const string BusAgency = "exchangebus";

    /// <summary>One consumer at a time where order across connections matters; the next one takes over when it is gone.</summary>
    internal bool SingleActiveConsumer => Partitions > 1 || Agency == BusAgency;

    internal string QueueOf(int partition) => Agency == BusAgency
        ? $"exchangebus.procedures.{Name[(BusAgency.Length + 1)..]}"
        : Topology.QueueOf(Name, partition, Partitions);

    /// <summary>A command reaches the agency that must act and nobody else; an event reaches who subscribes to its type.</summary>
    internal bool Wants(LoggedEvent logged, int partition)
    {
        if (logged.Recipient is not null && !string.Equals(logged.Recipient, Agency, StringComparison.Ordinal))
            return false;
        if (logged.Lane % Partitions != partition)
            return false;
        foreach (var pattern in Types)
        {
            if (TypePattern.Matches(pattern, logged.Type))
                return true;
        }

        return false;
    }
}
