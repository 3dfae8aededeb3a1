using ExchangeBus.Benchmarks.Contenders.BareMassTransit;
using ExchangeBus.Benchmarks.Contenders.Ours;
using ExchangeBus.Benchmarks.Contenders.Raw;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

internal sealed class DeliverSingleWork : IWork
{
    public string Name => "deliver-single";

    public string Says => "one event per HTTP request from 64 callers, from the request until one AMQP subscriber has read the event and acknowledges to bus and broker.";

    public string Unit => "deliveries";

    public string Conditions => Works.Conditions.OfServers;

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) =>
    [
        new DeliverByBus(servers, "ours, HTTP singly to AMQP subscriber", 1, (p, ledger, token) => p.PublishSinglyAsync(ledger, Works.Conditions.Callers, token)),
        new DeliverWithMassTransit(servers, 1, Works.Conditions.Callers),
        new DeliverRaw(servers, 1),
    ];
}
