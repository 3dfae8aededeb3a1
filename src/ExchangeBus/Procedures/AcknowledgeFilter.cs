using System.Globalization;
using ExchangeBus.Contracts;
using ExchangeBus.MassTransit.CloudEvents;
using ExchangeBus.Platform;
using MassTransit;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Procedures;

/// <summary>
/// The outermost filter of a procedure's endpoint: a delivery is done when its effects are committed, or when it cannot be
/// handled and is kept as a dead letter. A delivery that failed because a server was away is neither; dispatch brings it again.
/// </summary>
internal sealed class AcknowledgeFilter(
    RegisteredProcedure procedure, ProcedureAcknowledgements acknowledgements, DeadLetterStore deadLetters, ILogger<AcknowledgeFilter> logger) : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        if (!context.TryGetCloudEvent(out var received)
            || !long.TryParse(received[ExtensionAttributes.Sequence], CultureInfo.InvariantCulture, out var sequence)
            || !long.TryParse(received[ExtensionAttributes.PreviousSequence], CultureInfo.InvariantCulture, out var previous))
        {
            // A deadline of our own, which comes from the scheduler and not from the log.
            await next.Send(context);
            return;
        }

        try
        {
            await next.Send(context);
        }
        catch (Exception e) when (!IsPassing(e))
        {
            logger.DeliveryDied(received.Type, sequence, e);
            await deadLetters.KeepAsync(procedure.Subscription, sequence, e.GetType().Name, context.CancellationToken);
        }

        acknowledgements.Done(previous, sequence);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("acknowledge");

    private static bool IsPassing(Exception e) =>
        e is ConcurrencyException || (QueueWorker.IsTransient(e) && !IsRefusedByTables(e)) || (e.InnerException is { } inner && IsPassing(inner));

    // Data that a table does not take (SQLSTATE classes 22 and 23) it will not take the next time: everybody behind would wait for it.
    private static bool IsRefusedByTables(Exception e) => e is PostgresException { SqlState: ['2', '2' or '3', ..] };
}
