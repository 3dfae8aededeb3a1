using System.Globalization;
using ExchangeBus.Contracts;
using ExchangeBus.MassTransit.CloudEvents;
using MassTransit;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures;

/// <summary>Lets the deliveries of one dossier in one after the other, as the log has them, and of all dossiers no more at once than <see cref="ProceduresOptions.Concurrency"/>.</summary>
internal sealed class LogOrderFilter(ProcedureAcknowledgements acknowledgements, IOptions<ProceduresOptions> options, TimeProvider time) : IFilter<ConsumeContext>, IDisposable
{
    // Longer than dispatch takes to notice that a delivery was lost and to bring it again (Dispatch:RefillAfter, 5 s): what is merely slow is never overtaken.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly LogOrder _order = new(() => acknowledgements.Position, Patience, time);
    private readonly SemaphoreSlim _atOnce = new(options.Value.Concurrency);

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        using var turn = context.TryGetCloudEvent(out var received) && received.Subject is { } subject
            && long.TryParse(received[ExtensionAttributes.Sequence], CultureInfo.InvariantCulture, out var sequence)
            && long.TryParse(received[ExtensionAttributes.PreviousSequence], CultureInfo.InvariantCulture, out var previous)
            ? await _order.EnterAsync(previous, sequence, subject, context.CancellationToken)
            : null;
        // After the turn: whoever waits for it must not keep out the one it waits for.
        await _atOnce.WaitAsync(context.CancellationToken);
        try
        {
            await next.Send(context);
        }
        finally
        {
            _atOnce.Release();
        }
    }

    public void Dispose() => _atOnce.Dispose();

    public void Probe(ProbeContext context) => context.CreateFilterScope("logOrder");
}
