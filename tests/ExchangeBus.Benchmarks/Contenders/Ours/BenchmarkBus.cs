using ExchangeBus.Contracts;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>The whole bus in this process, with one publisher and as many subscribed agencies as wanted.</summary>
internal sealed class BenchmarkBus : IAsyncDisposable
{
    private static readonly TestAgency Portal = new("G22.99.08", "portal", ["vn.portal.*"]);

    // Without the procedures: the linked-birth saga would be one subscriber more than is counted.
    // And without limits that a single system would meet long before the bus does.
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Roles:3"] = "Delivery",
        ["Roles:4"] = "Delivery",
        ["Intake:Limits:Default:EventsPerSecond"] = "1000000",
        ["Intake:Limits:Default:Burst"] = "10000000",
        ["Intake:Limits:Default:ConcurrentRequests"] = "10000",
    };

    // Three agreements that release different things, as real ones do.
    private static readonly string[][] Released = [["public", "personal"], ["public", "/child/birthDate", "/child/gender"], ["public"]];

    private readonly List<BusSubscriber> _subscribers = [];
    private readonly TestAgency[] _agencies;

    private BenchmarkBus(RunningBus running, TestAgency[] agencies) =>
        (Running, _agencies, Publisher) = (running, agencies, new HttpPublisher(running.Address, Portal.AuthenticationAt(running.Address)));

    internal RunningBus Running { get; }

    internal HttpPublisher Publisher { get; }

    internal IReadOnlyList<BusSubscriber> Subscribers => _subscribers;

    /// <param name="servers">Where it runs.</param>
    /// <param name="subscribers">Agencies with one subscription each; their agreements release three different sets of fields in turn.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal static async Task<BenchmarkBus> StartAsync(LocalServerSet servers, int subscribers, CancellationToken cancellationToken)
    {
        var bus = await StartWithoutSubscribersAsync(servers, subscribers);
        try
        {
            await bus.StartSubscribersAsync(cancellationToken);
            return bus;
        }
        catch
        {
            await bus.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same, and nobody reads the queues yet.</summary>
    internal static async Task<BenchmarkBus> StartWithoutSubscribersAsync(LocalServerSet servers, int subscribers)
    {
        var agencies = Enumerable.Range(1, subscribers)
            .Select(n => new TestAgency($"G{n:00}", "adapter", [], ("births", [EventTypes.LinkedBirthSubmitted])) { Fields = Released[(n - 1) % Released.Length] })
            .ToArray();
        return new BenchmarkBus(await RunningBus.StartAsync(servers, [Portal, .. agencies], Settings), agencies);
    }

    internal async Task StartSubscribersAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < _agencies.Length; i++)
            _subscribers.Add(await BusSubscriber.StartAsync(i, _agencies[i], Running.AmqpUri, cancellationToken));
    }

    internal async Task StopSubscribersAsync()
    {
        foreach (var subscriber in _subscribers)
            await subscriber.DisposeAsync();
        _subscribers.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopSubscribersAsync();
        Publisher.Dispose();
        await Running.DisposeAsync();
    }
}
