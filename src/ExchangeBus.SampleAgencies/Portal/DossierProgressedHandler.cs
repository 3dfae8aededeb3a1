using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.SampleAgencies.Portal;

/// <summary>Shows the citizen where the dossier stands.</summary>
internal sealed class DossierProgressedHandler(AgencyDescription agency, Behaviour behaviour, TimeProvider time, ILogger<DossierProgressedHandler> logger) : IEventHandler
{
    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        if (context.Event.Type != EventTypes.DossierProgressed)
        {
            logger.UnexpectedType(agency.Subscription, context.Event.Type);
            return;
        }

        await behaviour.TakeTimeAsync(cancellationToken);
        var progress = context.Read<DossierProgressed>();
        if (!await DossierStore.UpdateAsync(progress, time.GetUtcNow(), context.Transaction, cancellationToken))
            logger.ForeignDossier(progress.DossierNumber);
    }
}
