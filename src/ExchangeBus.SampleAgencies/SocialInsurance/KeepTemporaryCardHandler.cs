using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.HealthNotices;
using ExchangeBus.SampleAgencies.Steps;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>Keeps the temporary card under which a newborn is treated before it has a name.</summary>
internal sealed class KeepTemporaryCardHandler : ITypeHandler
{
    private const string Insert = "insert into temporary_card (card_number, birth_notice_number) values (@Card, @Notice) on conflict do nothing";

    public string Type => EventTypes.BirthNoticeIssued;

    public Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var notice = context.Read<BirthNoticeIssued>();
        return notice.TemporaryHealthCardNumber is { } card
            ? context.Transaction.DoAsync(Insert, new { Card = card, Notice = notice.BirthNoticeNumber }, cancellationToken)
            : Task.CompletedTask;
    }
}
