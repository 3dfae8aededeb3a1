using ExchangeBus.Benchmarks.Measuring;

namespace ExchangeBus.Benchmarks.Works;

/// <summary>What all works with servers have in common.</summary>
internal static class Conditions
{
    internal const int Callers = 64;

    internal static string OfServers { get; } =
        $"Messages of {BirthEvent.Length} bytes. The bus, the load generator and the rivals' clients share one process, so all pay for their load alike; quorum queues, confirms, fsync on; every message is counted at the end.";
}
