using MassTransit;
using MassTransit.Middleware.Outbox;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>The unit that a scheduling call belongs to.</summary>
internal sealed class ScheduleUnits(UnitOfWork? current, UnitCommitter committer, TimeProvider timeProvider, IServiceProvider provider)
{
    /// <summary>Runs a send such that it is collected. The argument turns a provider of endpoints into one that collects.</summary>
    public async Task UseAsync(Func<Func<ISendEndpointProvider, ISendEndpointProvider>, Task> send, CancellationToken cancellationToken)
    {
        if (current is not null)
        {
            // The endpoints of a context behind the outbox collect already.
            await send(endpoints => endpoints);
            return;
        }
        await using var unit = new UnitOfWork(null, Guid.Empty);
        await send(endpoints => new OutboxSendEndpointProvider(new OutboxCollector(unit, timeProvider, provider), endpoints));
        await await committer.CommitAsync(unit, cancellationToken);
    }

    public async Task CancelAsync(Guid token, CancellationToken cancellationToken)
    {
        if (current is not null)
        {
            current.CancelScheduled(token);
            return;
        }
        await using var unit = new UnitOfWork(null, Guid.Empty);
        unit.CancelScheduled(token);
        await await committer.CommitAsync(unit, cancellationToken);
    }
}
