using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Hosting;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.SampleAgencies.Residence;

/// <summary>
/// The commune police: a residence that a revoked death had ended stands again. The law knows no refusal here; when there is nothing to restore, nothing is said,
/// and people must look.
/// </summary>
internal sealed class RestorePermanentResidenceHandler(Behaviour behaviour, TimeProvider time, ILogger<RestorePermanentResidenceHandler> logger) : ITypeHandler
{
    public string Type => EventTypes.RestorePermanentResidence;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var command = context.Read<RestorePermanentResidence>();
        await behaviour.TakeTimeAsync(cancellationToken);
        var restored = await Residents.RestoreAsync(command.DossierNumber, command.PersonalId.Value, command.ResidenceNumber?.Value, context.Transaction, cancellationToken);
        if (restored is null)
        {
            logger.NothingToUndo(context.Event.Id, command.DossierNumber);
            return;
        }

        var answer = context.CreateAnswer(EventTypes.PermanentResidenceRestored, new PermanentResidenceRestored
        {
            DossierNumber = behaviour.AnswersFor(command.DossierNumber),
            ResidenceNumber = restored.Number,
            PersonalId = command.PersonalId,
            Address = restored.Where,
            RestoredOn = Citizens.VietnamDay.Of(time.GetUtcNow()),
        });
        await behaviour.SayAsync(context, command.DossierNumber, [answer], contradiction: null, cancellationToken);
    }
}
