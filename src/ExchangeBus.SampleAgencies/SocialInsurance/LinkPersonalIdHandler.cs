using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Population;
using ExchangeBus.SampleAgencies.Steps;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>Completes the card of a child whose personal id came late, and links the temporary card to it, so that what was treated under the one is paid under the other.</summary>
internal sealed class LinkPersonalIdHandler : ITypeHandler
{
    private const string Complete = """
        update health_card set personal_id = @PersonalId, temporary_card_number = coalesce(@Temporary, temporary_card_number)
        where personal_id is null and dossier_number = @Dossier
        """;

    private const string Link = """
        update temporary_card set linked_card_number = c.card_number from health_card c
        where temporary_card.card_number = @Temporary and c.personal_id = @PersonalId
        """;

    public string Type => EventTypes.PersonalIdAssigned;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var assigned = context.Read<PersonalIdAssigned>();
        var link = new { assigned.PersonalId, Temporary = assigned.TemporaryHealthCardNumber, Dossier = assigned.DossierNumber };
        await context.Transaction.DoAsync(Complete, link, cancellationToken);
        await context.Transaction.DoAsync(Link, link, cancellationToken);
    }
}
