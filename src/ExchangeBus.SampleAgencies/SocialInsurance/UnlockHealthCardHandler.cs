using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.Hosting;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>Social insurance: a card that a revoked death had locked is valid again. Where none was locked nothing is said, and people must look.</summary>
internal sealed class UnlockHealthCardHandler(Behaviour behaviour, TimeProvider time, ILogger<UnlockHealthCardHandler> logger) : ITypeHandler
{
    public string Type => EventTypes.UnlockHealthCard;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var command = context.Read<UnlockHealthCard>();
        await behaviour.TakeTimeAsync(cancellationToken);
        var today = VietnamDay.Of(time.GetUtcNow());
        if (await LockedCards.UnlockAsync(command.DossierNumber, command.PersonalId.Value, today, context.Transaction, cancellationToken) is not { } card)
        {
            logger.NothingToUndo(context.Event.Id, command.DossierNumber);
            return;
        }

        var answer = context.CreateAnswer(EventTypes.HealthCardUnlocked, new HealthCardUnlocked
        {
            DossierNumber = behaviour.AnswersFor(command.DossierNumber),
            CardNumber = card,
            PersonalId = command.PersonalId,
            UnlockedOn = today,
            Reason = "deathRevoked",
        });
        await behaviour.SayAsync(context, command.DossierNumber, [answer], contradiction: null, cancellationToken);
    }
}
