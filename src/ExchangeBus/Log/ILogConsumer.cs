namespace ExchangeBus.Log;

/// <summary>Somebody who still needs what stands in the log. Nothing after the position it names is dropped.</summary>
internal interface ILogConsumer
{
    /// <summary>All up to this position is done with; <see cref="long.MaxValue"/> when nothing is waited for.</summary>
    Task<long> DoneUpToAsync(CancellationToken cancellationToken);
}
