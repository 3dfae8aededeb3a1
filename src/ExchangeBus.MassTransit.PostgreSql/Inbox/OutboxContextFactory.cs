using MassTransit;
using MassTransit.Middleware;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Runs one message as one unit of work.</summary>
internal sealed class OutboxContextFactory(IServiceProvider provider, InboxReader inbox, UnitCommitter committer, OutgoingMessageFactory factory)
    : IOutboxContextFactory<UnitOfWork>
{
    public async Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next) where T : class
    {
        // Redelivery gives a message a new id; the original one says whether it is the same message.
        var messageId = context.GetOriginalMessageId() ?? throw new MessageException(typeof(T), "A message id is required by the inbox");
        await using var unit = new UnitOfWork(messageId, options.ConsumerId);
        // A saga asks together with its load.
        if (options is not SagaOutboxOptions)
            await inbox.CheckAsync(unit);
        var outbox = new UnitConsumeContext<T>(context, options, provider, unit, committer, factory);
        while (outbox.ContinueProcessing)
            await next.Send(outbox);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("outboxContextFactory").Add("provider", "postgresql");
}

internal sealed class SagaOutboxOptions : OutboxConsumeOptions;
