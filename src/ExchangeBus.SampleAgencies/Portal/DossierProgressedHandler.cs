using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Hosting;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.SampleAgencies.Portal;

/// <summary>Shows the citizen where the dossier stands.</summary>
internal sealed class DossierProgressedHandler(Behaviour behaviour, TimeProvider time, ILogger<DossierProgressedHandler> logger) : ITypeHandler
{
    public string Type => EventTypes.DossierProgressed;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        await behaviour.TakeTimeAsync(cancellationToken);
        var progress = context.Read<DossierProgressed>();
        if (!await DossierStore.UpdateAsync(progress, time.GetUtcNow(), context.Transaction, cancellationToken))
            logger.ForeignDossier(progress.DossierNumber);
    }
}
