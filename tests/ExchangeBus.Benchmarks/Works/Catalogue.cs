using ExchangeBus.Benchmarks.Measuring;

namespace ExchangeBus.Benchmarks.Works;

/// <summary>Everything that can be measured, in the order of <c>all</c>.</summary>
internal static class Catalogue
{
    internal static IReadOnlyList<IWork> Works { get; } =
    [
        new ValidatorWork(),
        new AcceptWork(),
        new AcceptLatencyWork(),
        new AcceptOverloadWork(),
        new DeliverWork(),
        new DeliverSingleWork(),
        new FanOutWork(),
        new DrainWork(),
        new SagaWork(),
        new SagaLatencyWork(),
        new DossierWork("dossier", "registration, residence and health card", everyStep: false),
        new DossierWork("dossier-full", "intake, consent, verification, registration, residence, health card and identity card", everyStep: true),
    ];
}
