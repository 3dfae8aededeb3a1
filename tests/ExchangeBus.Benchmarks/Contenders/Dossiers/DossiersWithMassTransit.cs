using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Contenders.Dossiers;

/// <summary>The same linked births with bare MassTransit, from the publish until the portal has heard that the dossier is completed, counted against the sagas.</summary>
internal sealed class DossiersWithMassTransit(LocalServerSet servers, bool everyStep, int underWay) : IContender
{
    private readonly Submission _submission = new(everyStep);
    private MassTransitDossierBus? _bus;

    public string Name => $"bare MassTransit in memory, {underWay} under way";

    public Side Side => Side.Rival;

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await MassTransitDossierBus.StartAsync(servers, everyStep, cancellationToken);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var before = _bus!.Completed;
        using var dossiers = new ClosedModel(load, underWay);
        _bus.Use(number => dossiers.Ended(Submission.NumberOf(number, load.First)));
        var outcome = await dossiers.RunAsync(Works.Conditions.Callers, number => _bus.SubmitAsync(_submission.Create(number), cancellationToken), cancellationToken);
        var completed = _bus.Completed - before;
        return completed == dossiers.Sent
            ? outcome
            : throw new WrongOutcomeException($"{Name}: {dossiers.Sent} handed in, {completed} completed.");
    }

    public ValueTask DisposeAsync() => _bus?.DisposeAsync() ?? ValueTask.CompletedTask;
}
