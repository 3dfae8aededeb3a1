using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>First as fast as the callers can for a third of the time, then evenly at half of that: how long does one request take?</summary>
internal sealed class AcceptAtHalfOfMaximum(LocalServerSet servers, int callers) : IContender
{
    private BenchmarkBus? _bus;

    public string Name => "ours, HTTP accept at half of the maximum";

    public Side Side => Side.Ours;

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await BenchmarkBus.StartAsync(servers, subscribers: 0, cancellationToken);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var ledger = new Ledger(load with { Duration = load.Duration / 3 }, subscribers: 0);
        await _bus!.Publisher.PublishSinglyAsync(ledger, callers, cancellationToken);
        var maximum = ledger.Sent / ledger.Elapsed.TotalSeconds;

        var even = new OpenModel(load with { First = load.First + ledger.Sent }, (int)(maximum / 2));
        await even.SendAsync(async number =>
        {
            await _bus.Publisher.PublishOneAsync(number, cancellationToken);
            even.Received(number);
        }, cancellationToken);
        var outcome = await even.CompleteAsync(cancellationToken);
        return outcome with { Figures = [.. outcome.Figures, new("maximum/s", maximum)] };
    }

    public ValueTask DisposeAsync() => _bus?.DisposeAsync() ?? ValueTask.CompletedTask;
}
