using ExchangeBus.Benchmarks.Contenders.Ours;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

internal sealed class AcceptLatencyWork : IWork
{
    public string Name => "accept-latency";

    public string Says => "one event per HTTP request at even times, at half of the rate that 64 callers reach just before; from when a request is due until its receipt.";

    public string Unit => "events";

    public string Conditions => Works.Conditions.OfServers;

    public IReadOnlyList<string> Differences => [OpenModel.Median, OpenModel.MostOf20, OpenModel.MostOf100];

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) => [new AcceptAtHalfOfMaximum(servers, Works.Conditions.Callers)];
}
