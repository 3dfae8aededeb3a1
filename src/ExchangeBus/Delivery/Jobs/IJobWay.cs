using ExchangeBus.Log;
using ExchangeBus.Release.Cutting;
using ExchangeBus.Subscriptions;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>Hands out for one way in which subscriptions receive. A way that has none has no jobs.</summary>
internal interface IJobWay
{
    /// <summary>The way.</summary>
    Way Way { get; }

    /// <summary>Opens what one job needs for as long as it runs on this node.</summary>
    IJobCarrier Open(Subscription subscription);
}

/// <summary>Carries the deliveries of one job.</summary>
internal interface IJobCarrier : IAsyncDisposable
{
    /// <summary>False while the subscriber has more to do than it should be given on top.</summary>
    Task<bool> HasRoomAsync(CancellationToken cancellationToken);

    /// <summary>Hands out all of them, those of one order key in this order; returns when all are safe with whoever takes them, and throws when it cannot be known.</summary>
    /// <returns>The positions of those that were not taken, each with a stable code; a dead letter among them stays one.</returns>
    /// <param name="deliveries">What to hand out.</param>
    /// <param name="mayLeave">Asked before anything leaves: false once the rules are no longer those by which it was judged.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyDictionary<long, string>> CarryAsync(IReadOnlyList<JobDelivery> deliveries, Func<bool> mayLeave, CancellationToken cancellationToken);
}

/// <summary>One event on its way.</summary>
/// <param name="Logged">The event.</param>
/// <param name="Cut">What leaves of its body.</param>
/// <param name="Job">The job.</param>
/// <param name="ReplayId">Value of <c>replayid</c>; null for a redrive, which has its effect for the first time.</param>
internal sealed record JobDelivery(LoggedEvent Logged, Cut Cut, Guid Job, string? ReplayId);
