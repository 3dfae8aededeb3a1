using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>The health card of somebody who has died; without number when there was none.</summary>
internal sealed record LockedCard(string? CardNumber, DateTime LockedOn, string Basis);

/// <summary>Health cards that deaths have locked.</summary>
internal static class LockedCards
{
    // Whoever is locked already stays as they were: the hospital's word and the book's come one after the other.
    private const string Lock = """
        insert into locked_card (key, card_number, locked_on, basis) values (@Key, @CardNumber, @On, @Basis)
        on conflict (key) do update set
            locked_on = case when locked_card.unlocked_on is null then locked_card.locked_on else excluded.locked_on end,
            basis = excluded.basis, card_number = coalesce(locked_card.card_number, excluded.card_number), unlocked_on = null
        returning card_number as CardNumber, locked_on::timestamp as LockedOn, basis as Basis
        """;

    private const string SelectChildCard = "select card_number from health_card where personal_id = @PersonalId";

    private const string Unlock = """
        update locked_card set unlocked_on = @On where key = any(@Keys) and card_number is not null
        returning card_number
        """;

    internal static async Task<LockedCard> LockAsync(
        string key, string? personalId, string? cardNumber, string basis, DateOnly on, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        cardNumber ??= await transaction.FindAsync<string>(SelectChildCard, new { PersonalId = personalId }, cancellationToken);
        return (await transaction.FindAsync<LockedCard>(Lock, new { Key = key, CardNumber = cardNumber, On = on, Basis = basis }, cancellationToken))!;
    }

    /// <summary>The number of the card that is valid again, or null when none was locked.</summary>
    internal static Task<string?> UnlockAsync(string dossier, string? personalId, DateOnly on, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.FindAsync<string>(Unlock, new { Keys = new[] { personalId ?? "", dossier }, On = on }, cancellationToken);
}
