namespace ExchangeBus.Delivery.Jobs;

/// <summary>
/// What was published on one channel and is not confirmed. One failure spoils the channel: RabbitMQ confirms a returned message too, so nothing that it says after a
/// return can be believed.
/// </summary>
internal sealed class Confirms
{
    private readonly Lock _lock = new();
    private readonly SortedSet<ulong> _open = [];
    private TaskCompletionSource? _waiting;
    private string? _failure;

    /// <summary>Called before the publish that gets this tag.</summary>
    internal void Published(ulong tag)
    {
        lock (_lock)
            _open.Add(tag);
    }

    internal void Confirmed(ulong tag, bool multiple)
    {
        lock (_lock)
        {
            _open.Remove(tag);
            while (multiple && _open.Count > 0 && _open.Min <= tag)
                _open.Remove(_open.Min);
            if (_open.Count == 0 && _failure is null)
                _waiting?.TrySetResult();
        }
    }

    internal void Failed(string reason)
    {
        lock (_lock)
        {
            _failure ??= reason;
            _waiting?.TrySetException(new IOException(_failure));
        }
    }

    /// <summary>Completes when all that was published is confirmed.</summary>
    internal Task AllAsync()
    {
        lock (_lock)
        {
            if (_failure is not null)
                return Task.FromException(new IOException(_failure));
            if (_open.Count == 0)
                return Task.CompletedTask;
            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task;
        }
    }
}
