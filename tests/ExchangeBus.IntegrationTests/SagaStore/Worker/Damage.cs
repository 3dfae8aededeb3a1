using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.SagaStore.Worker;

/// <summary>
/// Breaks what workers depend on, again and again, until it is told to stop. Paced by the work and not by the clock: a busy machine gets
/// as much damage for the same messages. Counts what it broke, for a test that broke nothing shows nothing.
/// </summary>
internal sealed class Damage(CounterSite site, int seed) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random = new(seed);
    private readonly List<Breaker> _breakers = [];
    private Task? _running;

    public int Sessions { get; private set; }

    public int Connections { get; private set; }

    public int Processes { get; private set; }

    /// <summary>Kills database sessions that are in the middle of something.</summary>
    public Damage KillSessions(int perMessages) => Add(perMessages, async () => Sessions += (int)await site.Database.KillSessionAsync());

    /// <summary>Closes a worker's connection to the broker, from the broker's side.</summary>
    public Damage CloseConnections(int perMessages, params string[] workers) => Add(perMessages, async () =>
        // A worker that has just been killed has none, and the broker's list of them lags behind.
        Connections += await Eventually.GetAsync(() => site.Broker.CloseConnectionsAsync(workers[_random.Next(workers.Length)]), n => n > 0, "a connection closed"));

    /// <summary>Kills a worker with SIGKILL and starts it again.</summary>
    public Damage KillProcesses(int perMessages, params WorkerProcess[] workers) => Add(perMessages, async () =>
    {
        var victim = workers[_random.Next(workers.Length)];
        await victim.KillAsync();
        Processes++;
        await victim.StartAgainAsync();
    });

    public void Start() => _running = Task.Run(RunAsync);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        if (_running is not null)
            await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    public override string ToString() => $"seed {seed}: killed {Sessions} sessions and {Processes} processes, closed {Connections} connections";

    private Damage Add(int perMessages, Func<Task> act)
    {
        _breakers.Add(new Breaker(perMessages, act) { Next = _random.Next(perMessages) });
        return this;
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var counted = await site.Database.CountInboxAsync();
            foreach (var breaker in _breakers.Where(x => x.Running.IsCompleted && counted > x.Next))
            {
                await breaker.Running;
                breaker.Next = counted + _random.Next(breaker.PerMessages / 2, breaker.PerMessages * 3 / 2);
                breaker.Running = breaker.Act();
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(_breakers.Select(x => x.Running));
    }

    private sealed record Breaker(int PerMessages, Func<Task> Act)
    {
        public long Next { get; set; }

        /// <summary>A worker takes a while to come back; the rest goes on meanwhile.</summary>
        public Task Running { get; set; } = Task.CompletedTask;
    }
}
