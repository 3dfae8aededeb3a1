using System.Globalization;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.Contracts;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>The whole bus in this process, with one publisher and as many subscribed agencies as wanted.</summary>
internal sealed class BenchmarkBus : IAsyncDisposable
{
    private static readonly TestAgency Portal = new("G22.99.08", "portal", ["vn.portal.*"]);

    /// <summary>Without limits that a single system would meet long before the bus does.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> Unlimited = new Dictionary<string, string?>
    {
        ["Intake:Limits:Default:EventsPerSecond"] = "1000000",
        ["Intake:Limits:Default:Burst"] = "10000000",
        ["Intake:Limits:Default:ConcurrentRequests"] = "10000",
    };

    // Without the procedures: the linked-birth saga would be one subscriber more than is counted.
    private static readonly Dictionary<string, string?> Settings = new(Unlimited) { ["Roles:3"] = "Delivery", ["Roles:4"] = "Delivery" };

    // Three agreements that release different things, as real ones do.
    private static readonly string[][] Released = [["public", "personal"], ["public", "/child/birthDate", "/child/gender"], ["public"]];

    private readonly List<BusSubscriber> _subscribers = [];
    private readonly TestAgency[] _agencies;
    private volatile Ledger? _ledger;

    private BenchmarkBus(RunningBus running, TestAgency[] agencies) =>
        (Running, _agencies, Publisher) = (running, agencies, new HttpPublisher(running.Address, Portal.AuthenticationAt(running.Address)));

    internal RunningBus Running { get; }

    internal HttpPublisher Publisher { get; }

    /// <summary>Deliveries from now on are ticked off here.</summary>
    internal void Use(Ledger ledger) => _ledger = ledger;

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
            _subscribers.Add(await StartSubscriberAsync(i, cancellationToken));
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

    private Task<BusSubscriber> StartSubscriberAsync(int index, CancellationToken cancellationToken) => BusSubscriber.StartAsync(
        _agencies[index],
        Running.AmqpUri,
        received => _ledger?.Received(index, long.Parse(received.Id, CultureInfo.InvariantCulture)),
        static _ => Task.CompletedTask,
        cancellationToken);
}
