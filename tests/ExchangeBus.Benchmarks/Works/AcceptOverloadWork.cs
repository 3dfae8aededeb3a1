using ExchangeBus.Benchmarks.Contenders.Ours;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

internal sealed class AcceptOverloadWork : IWork
{
    private const int Callers = 512;

    public string Name => "accept-overload";

    public string Says => "512 callers who never rest, one subscriber; for ten minutes: --rounds 1 --seconds 600. The memory is that of bus and callers together.";

    public string Unit => "events";

    public string Conditions => Works.Conditions.OfServers;

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) => [new AcceptUnderOverload(servers, Callers)];
}
