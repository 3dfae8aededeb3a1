using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Population;
using ExchangeBus.SampleAgencies.Steps;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>A card follows its holder to another personal id.</summary>
internal sealed class FollowPersonalIdHandler : ITypeHandler
{
    private const string Follow = "update health_card set personal_id = @New where personal_id = @Old";

    public string Type => EventTypes.PersonalIdReplaced;

    public Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var replaced = context.Read<PersonalIdReplaced>();
        return context.Transaction.DoAsync(Follow, new { Old = replaced.OldPersonalId, New = replaced.NewPersonalId }, cancellationToken);
    }
}
