using MassTransit;
using MassTransit.Context;
using MassTransit.Scheduling;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Gives consumers, sagas and redelivery the PostgreSQL scheduler.</summary>
internal sealed class SchedulerFilter(UnitCommitter committer, OutgoingMessageFactory factory, IServiceProvider provider) : IFilter<ConsumeContext>
{
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        context.GetOrAddPayload<MessageSchedulerContext>(() => new ConsumeMessageSchedulerContext(context, Create));
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("postgreSqlScheduler");

    // Behind the outbox this is called again, with the context that leads to the unit.
    private MessageScheduler Create(ConsumeContext context)
    {
        var unit = context.TryGetPayload(out IUnitOfWorkContext? outbox) ? outbox.Unit : null;
        return new MessageScheduler(
            new PostgreSqlScheduleMessageProvider(context, new ScheduleUnits(() => unit, committer, factory, provider)),
            context.GetPayload<IBusTopology>());
    }
}
