using MassTransit;
using MassTransit.Middleware.Outbox;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>The unit that a scheduling call belongs to: the current one, else one of its own.</summary>
internal sealed class ScheduleUnits(Func<UnitOfWork?> current, UnitCommitter committer, OutgoingMessageFactory factory, IServiceProvider provider)
{
    /// <summary>Runs a send such that it is collected. The argument turns a provider of endpoints into one that collects.</summary>
    public async Task UseAsync(Func<Func<ISendEndpointProvider, ISendEndpointProvider>, Task> send, CancellationToken cancellationToken)
    {
        if (current() is not null)
        {
            // The endpoints of a current unit collect already.
            await send(endpoints => endpoints);
            return;
        }
        var collector = new OutboxCollector(committer, factory, provider);
        await send(endpoints => new OutboxSendEndpointProvider(collector, endpoints));
        await collector.CommitAsync(null, cancellationToken);
    }

    public async Task CancelAsync(Guid token, CancellationToken cancellationToken)
    {
        if (current() is { } unit)
        {
            unit.CancelScheduled(token);
            return;
        }
        var collector = new OutboxCollector(committer, factory, provider);
        collector.Unit.CancelScheduled(token);
        await collector.CommitAsync(null, cancellationToken);
    }
}
