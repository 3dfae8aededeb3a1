using ExchangeBus.Contracts;
using ExchangeBus.Delivery;
using ExchangeBus.Platform;
using ExchangeBus.Subscriptions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Procedures;

/// <summary>Says for a procedure what any subscriber says for itself: how far it has come.</summary>
internal sealed class ProcedureAcknowledgements(
    RegisteredProcedure procedure, AcknowledgementStore store, TimeProvider time, ILogger<ProcedureAcknowledgements> logger) : BackgroundService
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromMilliseconds(100);
    private DoneDeliveries? _done;
    private long _said;

    internal RegisteredProcedure Procedure => procedure;

    /// <summary>Up to here all deliveries are done, here or by another node.</summary>
    internal long Position => Volatile.Read(ref _done)?.Position ?? 0;

    internal void Done(long previous, long sequence) => Volatile.Read(ref _done)?.Done(previous, sequence);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _said = await store.AcknowledgedAsync(procedure.Subscription, partition: 0, cancellationToken);
        Volatile.Write(ref _done, new DoneDeliveries(_said));
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(SayEvery, time, stoppingToken);
                await SayAsync(stoppingToken);
            }
            catch (Exception e) when (QueueWorker.IsTransient(e) && !stoppingToken.IsCancellationRequested)
            {
                logger.WordNotTaken(e.Message);
            }
        }
    }

    private async Task SayAsync(CancellationToken cancellationToken)
    {
        var position = _done!.Position;
        if (position > _said)
        {
            await store.TakeAsync(Subscription.BusAgency, new Acknowledgement(procedure.Subscription, 0, _said, position), cancellationToken);
            _said = position;
            return;
        }

        // Another node may have handled deliveries and said so; what comes next to this one connects there.
        var acknowledged = await store.AcknowledgedAsync(procedure.Subscription, partition: 0, cancellationToken);
        if (acknowledged > _said)
        {
            _said = acknowledged;
            _done.Skip(acknowledged);
        }
    }
}
