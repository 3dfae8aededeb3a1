using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>POST /events until the receipt, counted against the rows of the log.</summary>
internal sealed class AcceptOverHttp(LocalServerSet servers, int callers) : IContender
{
    private const string CountEvents = "select count(*) from event_log";
    private BenchmarkBus? _bus;

    public string Name => "ours, HTTP accept";

    public Side Side => Side.Ours;

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await BenchmarkBus.StartAsync(servers, subscribers: 0, cancellationToken);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var before = await Database.CountAsync(_bus!.Running.ConnectionString, CountEvents);
        var ledger = new Ledger(load, subscribers: 0);
        await _bus.Publisher.PublishSinglyAsync(ledger, callers, cancellationToken);
        var elapsed = ledger.Elapsed;
        var stored = await Database.CountAsync(_bus.Running.ConnectionString, CountEvents) - before;
        return stored == ledger.Sent
            ? new Outcome(ledger.Sent, elapsed)
            : throw new WrongOutcomeException($"{Name}: {ledger.Sent} receipts, {stored} new rows in the log.");
    }

    public ValueTask DisposeAsync() => _bus?.DisposeAsync() ?? ValueTask.CompletedTask;
}
