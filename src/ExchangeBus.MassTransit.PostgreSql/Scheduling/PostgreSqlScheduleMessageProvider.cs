using MassTransit;
using MassTransit.Scheduling;
using MassTransit.Transports;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Schedules and cancels through a unit of work: that of the message being handled, else one of its own.</summary>
internal sealed class PostgreSqlScheduleMessageProvider(ISendEndpointProvider endpoints, ScheduleUnits units) : IScheduleMessageProvider
{
    public async Task<ScheduledMessage<T>> ScheduleSend<T>(Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe,
        CancellationToken cancellationToken) where T : class
    {
        var token = ScheduleTokenIdCache<T>.GetTokenId(message);
        var scheduled = new ScheduledSend<T>(pipe, token, scheduledTime);
        await units.UseAsync(async sends =>
        {
            var endpoint = await sends(endpoints).GetSendEndpoint(destinationAddress);
            await endpoint.Send(message, scheduled, cancellationToken);
        }, cancellationToken);
        return new ScheduledMessageHandle<T>(scheduled.Token, scheduledTime, destinationAddress, message);
    }

    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken) => units.CancelAsync(tokenId, cancellationToken);

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) =>
        units.CancelAsync(tokenId, cancellationToken);

    private sealed class ScheduledSend<T>(IPipe<SendContext<T>> pipe, Guid token, DateTime time) : SendContextPipeAdapter<T>(pipe) where T : class
    {
        private SendContext? _context;

        // The pipe of the caller may choose another token.
        public Guid Token => _context?.ScheduledMessageId ?? token;

        protected override void Send(SendContext<T> context)
        {
            _context = context;
            context.ScheduledMessageId ??= token;
            context.Headers.Set(MessageHeaders.SchedulingTokenId, context.ScheduledMessageId.Value.ToString("D"));
            var due = new DueTime(new DateTimeOffset(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime()));
            context.AddOrUpdatePayload(() => due, _ => due);
        }

        protected override void Send<TMessage>(SendContext<TMessage> context)
        {
        }
    }
}
