namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Wakes the scheduler of this process when something is due earlier than it sleeps for.</summary>
internal sealed class SchedulerSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _sleepsUntil = DateTimeOffset.MaxValue;

    /// <summary>Call before looking for due messages: what is scheduled after the look then completes the returned task.</summary>
    public Task Reset()
    {
        lock (_gate)
        {
            if (_wake.Task.IsCompleted)
                _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _sleepsUntil = DateTimeOffset.MaxValue;
            return _wake.Task;
        }
    }

    public void SleepUntil(DateTimeOffset time)
    {
        lock (_gate)
            _sleepsUntil = time;
    }

    public void Scheduled(DateTimeOffset due)
    {
        lock (_gate)
        {
            if (due < _sleepsUntil)
                _wake.TrySetResult();
        }
    }
}
