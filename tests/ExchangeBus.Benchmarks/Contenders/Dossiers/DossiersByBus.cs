using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;

namespace ExchangeBus.Benchmarks.Contenders.Dossiers;

/// <summary>Linked births through the bus, from the request until the portal has heard that the dossier is completed, counted against the table of dossiers.</summary>
internal sealed class DossiersByBus(LocalServerSet servers, bool everyStep, int underWay) : IContender
{
    internal const string Completed = "Completed";

    private const string CountCompleted = "select count(*) from procedures.linked_birth where current_state = 'Completed'";
    private const string CountOthers = "select count(*) from procedures.linked_birth where current_state <> 'Completed'";

    // Every transaction that writes takes one; those that only read take none.
    private const string ReadWritingTransactions = "select pg_current_xact_id()::text::bigint";

    private readonly Submission _submission = new(everyStep);
    private DossierBus? _bus;

    public string Name => $"ours, {underWay} under way";

    public Side Side => Side.Ours;

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await DossierBus.StartAsync(servers, everyStep, cancellationToken);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var before = await CountAsync(CountCompleted);
        var transactions = await CountAsync(ReadWritingTransactions);
        using var dossiers = new ClosedModel(load, underWay);
        _bus!.Use(number => dossiers.Ended(Submission.NumberOf(number, load.First)));
        var outcome = await dossiers.RunAsync(Works.Conditions.Callers, number => _bus.SubmitAsync(_submission.Create(number), cancellationToken), cancellationToken);
        transactions = await CountAsync(ReadWritingTransactions) - transactions;
        var completed = await CountAsync(CountCompleted) - before;
        var left = await CountAsync(CountOthers);
        return completed == dossiers.Sent && left == 0
            ? outcome with { Figures = [new("writing transactions each", (double)transactions / completed)] }
            : throw new WrongOutcomeException($"{Name}: {dossiers.Sent} handed in, {completed} completed in the table, {left} in another state.");
    }

    public ValueTask DisposeAsync() => _bus?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task<long> CountAsync(string sql) => Database.CountAsync(_bus!.Running.ConnectionString, sql);
}
