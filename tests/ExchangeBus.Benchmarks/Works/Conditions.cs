using ExchangeBus.Benchmarks.Measuring;

namespace ExchangeBus.Benchmarks.Works;

/// <summary>What all works with servers have in common.</summary>
internal static class Conditions
{
    internal const int Callers = 64;

    internal static string OfServers { get; } =
        $"Messages of {BirthEvent.Length} bytes. The bus, the load generator and the rivals' clients share one process, so all pay for their load alike; quorum queues, confirms, fsync on; every message is counted at the end.";

    internal static string OfSagas { get; } =
        "4,000 sagas, a queue fetched ahead by 4 times the concurrency and never longer; publisher, saga and consumer share one process; quorum queues, confirms, fsync on; no inbox at the consumer. The counters must add up and the outbox be empty at the end of each round. Transactions are the server's count for the contender's own database, round trips are executions of Npgsql, both with the background work in them.";
}
