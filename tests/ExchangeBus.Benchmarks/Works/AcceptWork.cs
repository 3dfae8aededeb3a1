using ExchangeBus.Benchmarks.Contenders.BareMassTransit;
using ExchangeBus.Benchmarks.Contenders.Ours;
using ExchangeBus.Benchmarks.Contenders.Raw;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

internal sealed class AcceptWork : IWork
{
    private const int Connections = 16;

    public string Name => "accept";

    public string Says => "one event per HTTP request from 64 callers, from the request to the receipt: authenticated, checked, committed; nobody subscribes.";

    public string Unit => "events";

    public string Conditions => Works.Conditions.OfServers;

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) =>
    [
        new AcceptOverHttp(servers, Works.Conditions.Callers),
        new PublishWithMassTransit(servers, Works.Conditions.Callers),
        new CommitRaw(servers, Connections),
        new PublishRaw(servers),
    ];
}
