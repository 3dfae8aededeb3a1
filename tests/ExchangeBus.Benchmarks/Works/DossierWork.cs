using ExchangeBus.Benchmarks.Contenders.Dossiers;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Works;

/// <param name="name">Its name.</param>
/// <param name="steps">The steps in words.</param>
/// <param name="everyStep">False leaves out intake, consent, verification and identity card.</param>
internal sealed class DossierWork(string name, string steps, bool everyStep) : IWork
{
    private const int UnderWay = 200;

    public string Name => name;

    public string Says =>
        $"linked births with {steps}, at most 200 under way, handed in singly over HTTP; from the submission until the portal has heard that the dossier is completed.";

    public string Unit => "dossiers";

    public string Conditions { get; } =
        "Bus, portal, agencies and load generator share one process. Ours with all roles: checks, log, release, delivery with acknowledgements, saga, inbox and history in PostgreSQL; agencies answer over HTTP in batches. MassTransit: saga and outbox in memory, same commands and answers. Quorum queues, confirms, fsync on; each round must end with every dossier completed.";

    public IReadOnlyList<IContender> Contenders(LocalServerSet servers) =>
        [new DossiersByBus(servers, everyStep, UnderWay), new DossiersWithMassTransit(servers, everyStep, UnderWay)];
}
