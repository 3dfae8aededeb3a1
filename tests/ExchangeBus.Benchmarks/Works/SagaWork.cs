using ExchangeBus.Benchmarks.Contenders.Sagas;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

internal sealed class SagaWork : IWork
{
    private static readonly int[] Concurrencies = [16, 64];

    public string Name => "saga";

    public string Says => "one saga transition and one outgoing message, from the publish of the message until the consumer of the outgoing one has it.";

    public string Unit => "messages";

    public string Conditions => Works.Conditions.OfSagas;

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) =>
    [
        .. Concurrencies.SelectMany(concurrency => ((ICounterStore[])
            [
                new CountersInPostgreSql(servers, coalesce: true),
                new CountersInMemory(),
                new CountersInPostgreSql(servers, coalesce: false),
            ]).Select(store => new CountAtFullSpeed(servers, store, concurrency))),
    ];
}
