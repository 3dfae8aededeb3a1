using ExchangeBus.Benchmarks.Contenders.Sagas;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

internal sealed class SagaLatencyWork : IWork
{
    private const int Concurrency = 64;
    private const int PerSecond = 50;

    public string Name => "saga-latency";

    public string Says => "50 saga steps a second at even times, from the time at which a message is due until the consumer of the outgoing one has it.";

    public string Unit => "messages";

    public string Conditions => Works.Conditions.OfSagas;

    public IReadOnlyList<string> Differences => [OpenModel.Median, OpenModel.MostOf20, OpenModel.MostOf100];

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) =>
    [
        new CountAtLowLoad(servers, new CountersInPostgreSql(servers, coalesce: true), Concurrency, PerSecond),
        new CountAtLowLoad(servers, new CountersInPostgreSql(servers, coalesce: false), Concurrency, PerSecond),
        new CountAtLowLoad(servers, new CountersInMemory(), Concurrency, PerSecond),
    ];
}
