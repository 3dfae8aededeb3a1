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

    private readonly List<BusSubscriber> _subscribers = [];

    private BenchmarkBus(RunningBus running) => (Running, Publisher) = (running, new HttpPublisher(running.Address, Portal.AuthenticationAt(running.Address)));

    internal RunningBus Running { get; }

    internal HttpPublisher Publisher { get; }

    internal IReadOnlyList<BusSubscriber> Subscribers => _subscribers;

    internal static async Task<BenchmarkBus> StartAsync(LocalServerSet servers, int subscribers, CancellationToken cancellationToken)
    {
        var agencies = Enumerable.Range(1, subscribers)
            .Select(n => new TestAgency($"G{n:00}", "adapter", [], ("births", [EventTypes.LinkedBirthSubmitted])))
            .ToArray();
        var bus = new BenchmarkBus(await RunningBus.StartAsync(servers, [Portal, .. agencies], Settings));
        try
        {
            for (var i = 0; i < agencies.Length; i++)
                bus._subscribers.Add(await BusSubscriber.StartAsync(i, agencies[i], bus.Running.AmqpUri, cancellationToken));
            return bus;
        }
        catch
        {
            await bus.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subscriber in _subscribers)
            await subscriber.DisposeAsync();
        Publisher.Dispose();
        await Running.DisposeAsync();
    }
}
