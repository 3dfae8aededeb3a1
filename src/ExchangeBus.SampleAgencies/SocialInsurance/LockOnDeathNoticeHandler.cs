using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.HealthNotices;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.Steps;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>Locks the card on the hospital's word, before anybody has registered the death (Circular 30/2020/TT-BYT, article 11).</summary>
internal sealed class LockOnDeathNoticeHandler(TimeProvider time) : ITypeHandler
{
    public string Type => EventTypes.DeathNoticeIssued;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var notice = context.Read<DeathNoticeIssued>();
        // Who is not identified has no card that could be found.
        if (notice.Deceased.PersonalId?.Value is not { } personalId)
            return;
        var locked = await LockedCards.LockAsync(
            personalId, personalId, notice.HealthCardNumber?.Value, "deathNotice", VietnamDay.Of(time.GetUtcNow()), context.Transaction, cancellationToken);
        context.Answer(EventTypes.HealthCardLocked, new HealthCardLocked
        {
            CardNumber = locked.CardNumber ?? Stated.None<string>(),
            PersonalId = personalId,
            LockedOn = DateOnly.FromDateTime(locked.LockedOn),
            Reason = "death",
            Basis = locked.Basis,
        });
    }
}
