using ExchangeBus.Benchmarks.Contenders.Ours;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

internal sealed class DrainWork : IWork
{
    private const int Backlog = 200_000;

    public string Name => "drain";

    public string Says =>
        "A subscriber was away for 200,000 events and comes back: deliveries a second until it has all, beside those of a third of the time when publisher and subscriber run together.";

    public string Unit => "deliveries";

    public string Conditions => Works.Conditions.OfServers;

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) => [new DrainBacklog(servers, Backlog)];
}
