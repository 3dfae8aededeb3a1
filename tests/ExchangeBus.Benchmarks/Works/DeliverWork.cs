using ExchangeBus.Benchmarks.Contenders.BareMassTransit;
using ExchangeBus.Benchmarks.Contenders.Ours;
using ExchangeBus.Benchmarks.Contenders.Raw;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

internal sealed class DeliverWork : IWork
{
    internal const int BatchCallers = 8;
    internal const int BatchSize = 100;

    public string Name => "deliver";

    public string Says => "HTTP batches of 100 from 8 callers, from the request until one AMQP subscriber has read the event and acknowledges to bus and broker.";

    public string Unit => "deliveries";

    public string Conditions => Works.Conditions.OfServers;

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) =>
    [
        new DeliverByBus(servers, "ours, HTTP batches to AMQP subscriber", 1, (p, ledger, token) => p.PublishInBatchesAsync(ledger, BatchCallers, BatchSize, token)),
        new DeliverWithMassTransit(servers, 1, Works.Conditions.Callers),
        new DeliverRaw(servers, 1),
    ];
}
