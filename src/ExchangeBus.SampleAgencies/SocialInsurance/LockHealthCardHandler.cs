using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.Steps;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>Social insurance: locks the card on a registered death. The law knows no refusal: who had no card is told so.</summary>
internal sealed class LockHealthCardHandler(Behaviour behaviour, TimeProvider time) : ITypeHandler
{
    public string Type => EventTypes.LockHealthCard;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var command = context.Read<LockHealthCard>();
        await behaviour.TakeTimeAsync(cancellationToken);
        var personalId = command.Deceased.PersonalId;
        var locked = await LockedCards.LockAsync(
            personalId?.Value ?? command.DossierNumber, personalId?.Value, command.CardNumber?.Value, "deathRegistration", VietnamDay.Of(time.GetUtcNow()), context.Transaction, cancellationToken);
        var answer = context.CreateAnswer(EventTypes.HealthCardLocked, new HealthCardLocked
        {
            DossierNumber = behaviour.AnswersFor(command.DossierNumber),
            CardNumber = locked.CardNumber ?? Stated.None<string>(),
            PersonalId = personalId ?? Stated.Unknown<string>(),
            LockedOn = DateOnly.FromDateTime(locked.LockedOn),
            Reason = "death",
            Basis = locked.Basis,
        });
        await behaviour.SayAsync(context, command.DossierNumber, [answer], contradiction: null, cancellationToken);
    }
}
