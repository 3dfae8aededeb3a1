using MassTransit;
using MassTransit.Courier.Contracts;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>What user code sees behind the outbox: whatever it sends is collected in the unit.</summary>
internal sealed class UnitConsumeContext<TMessage>(
    ConsumeContext<TMessage> context, OutboxConsumeOptions options, IServiceProvider provider, UnitOfWork unit, UnitCommitter committer, OutgoingMessageFactory factory)
    : OutboxConsumeContextProxy<TMessage>(context, options, provider), IUnitOfWorkContext
    where TMessage : class
{
    private bool _committed;

    public UnitOfWork Unit => unit;

    public override Guid? MessageId => unit.MessageId;

    public override bool ContinueProcessing { get; set; } = true;

    public override bool IsMessageConsumed => _committed || unit.IsDuplicate;

    /// <summary>Never MassTransit's to deliver: the store does it after the commit, or the sweep. Seeing a handled message says nothing about who is delivering.</summary>
    public override bool IsOutboxDelivered => true;

    public override int ReceiveCount => 0;

    public override long? LastSequenceNumber => null;

    public override Task AddSend<T>(SendContext<T> context)
    {
        // An activity passes its routing slip on under the same message id; the next activity may be of the same kind, and is no copy of this one.
        if (context is SendContext<RoutingSlip> && context.MessageId == unit.MessageId)
            context.MessageId = NewId.NextGuid();
        if (context.Headers.Get<int>(MessageHeaders.RedeliveryCount) is { } count && count > this.GetRedeliveryCount()
            && unit.MessageId == (context.Headers.Get<Guid>(MessageHeaders.OriginalMessageId) ?? context.MessageId))
            unit.PutOff(count);
        unit.Add(factory.Create(context, unit.OrderingKey));
        return Task.CompletedTask;
    }

    public override async Task SetConsumed()
    {
        var delivery = await committer.CommitAsync(unit, CancellationToken);
        _committed = true;
        // The next message of the saga need not wait for the broker.
        unit.ReleaseLocks();
        await delivery;
    }

    public override Task SetDelivered() => Task.CompletedTask;

    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() => Task.FromResult<List<OutboxMessageContext>>([]);

    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;

    public override Task RemoveOutboxMessages() => Task.CompletedTask;
}
