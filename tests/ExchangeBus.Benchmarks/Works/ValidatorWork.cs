using ExchangeBus.Benchmarks.Contenders.Validators;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

internal sealed class ValidatorWork : IWork
{
    public string Name => "validator";

    public string Says => "is the example of a linked birth valid? One thread, no servers.";

    public string Unit => "checks";

    public string Conditions => $"Document of {BirthEvent.Data("v1.valid/single-mother.json").Length} bytes; from text to verdict, parsing included; each contender must first refuse an invalid one.";

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) => [new OurValidator(), new NJsonSchemaValidator()];
}
