using MassTransit;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// A committed message is safe, so who handles the next one need not wait until the broker has confirmed it. Bounded, so that a slow broker slows
/// the handling down; and before the bus stops, what is under way is delivered.
/// </summary>
internal sealed class DeliveriesUnderWay(TimeProvider timeProvider) : IBusObserver
{
    private const int Most = 1000;

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private int _count;
    private volatile bool _stopping;
    private volatile TaskCompletionSource? _none;

    /// <summary>Completes at once when there is room, else with the delivery.</summary>
    /// <param name="delivery">A delivery that has begun; it must not throw.</param>
    /// <param name="messages">How many messages it has.</param>
    public ValueTask Add(Task delivery, int messages)
    {
        if (delivery.IsCompleted)
            return ValueTask.CompletedTask;
        var count = Interlocked.Add(ref _count, messages);
        var completed = CompleteAsync(delivery, messages);
        return count > Most || _stopping ? new ValueTask(completed) : ValueTask.CompletedTask;
    }

    private async Task CompleteAsync(Task delivery, int messages)
    {
        try
        {
            await delivery;
        }
        finally
        {
            if (Interlocked.Add(ref _count, -messages) == 0)
                _none?.TrySetResult();
        }
    }

    public async Task PreStop(IBus bus)
    {
        _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _stopping = true;
        if (Volatile.Read(ref _count) > 0)
            await Task.WhenAny(_none.Task, Task.Delay(LongestStop, timeProvider));
    }

    public Task PreStart(IBus bus)
    {
        _stopping = false;
        return Task.CompletedTask;
    }

    public void PostCreate(IBus bus)
    {
    }

    public void CreateFaulted(Exception exception)
    {
    }

    public Task PostStart(IBus bus, Task<BusReady> busReady) => Task.CompletedTask;

    public Task StartFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    public Task PostStop(IBus bus) => Task.CompletedTask;

    public Task StopFaulted(IBus bus, Exception exception) => Task.CompletedTask;
}
