using ExchangeBus.Benchmarks.Contenders.BareMassTransit;
using ExchangeBus.Benchmarks.Contenders.Ours;
using ExchangeBus.Benchmarks.Contenders.Raw;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

internal sealed class FanOutWork : IWork
{
    private const int Subscribers = 7;

    public string Name => "fanout";

    public string Says => "HTTP batches of 100 from 8 callers to 7 agencies, each with its own queue and agreements that release three different sets of fields, until all have every event; every delivery counts.";

    public string Unit => "deliveries";

    public string Conditions => Works.Conditions.OfServers;

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) =>
    [
        new DeliverByBus(servers, "ours, to 7 subscribers, 3 cuts", Subscribers, (p, ledger, token) => p.PublishInBatchesAsync(ledger, DeliverWork.BatchCallers, DeliverWork.BatchSize, token)),
        new DeliverWithMassTransit(servers, Subscribers, Works.Conditions.Callers),
        new DeliverRaw(servers, Subscribers),
    ];
}
