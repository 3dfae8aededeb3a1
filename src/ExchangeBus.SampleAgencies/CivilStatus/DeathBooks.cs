using System.Globalization;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.CivilStatus;

/// <summary>The books of deaths. A number is given and its entry written in one transaction, so no book has a hole.</summary>
internal static class DeathBooks
{
    private const string SelectDossier = """
        select dossier_number from death_entry
        where revoked_on is null and (personal_id = @PersonalId or death_notice_number = @Notice) limit 1
        """;

    // The letters keep the numbers of deaths apart from those of births; they are not part of the book's number.
    private const string GiveNumber = """
        insert into civil_status_book (commune, book, last_number) values (@Commune, 'KT ' || @Book, 1)
        on conflict (commune, book) do update set last_number = civil_status_book.last_number + 1
        returning last_number
        """;

    private const string Insert = """
        insert into death_entry (dossier_number, commune, book, number, registered_on, personal_id, death_notice_number, answer)
        values (@Dossier, @Commune, @Book, @Number, @RegisteredOn, @PersonalId, @Notice, @Answer::jsonb)
        """;

    private const string SelectEntry = "select answer from death_entry where dossier_number = @Dossier and revoked_on is null for update";
    private const string Revoke = "update death_entry set revoked_on = @On where dossier_number = @Dossier";

    /// <summary>The dossier under which this death stands in a book already, or null.</summary>
    internal static Task<string?> FindDossierAsync(RegisterDeath command, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.FindAsync<string>(SelectDossier, new { PersonalId = command.Deceased.PersonalId?.Value, Notice = command.DeathNoticeNumber.Value }, cancellationToken);

    internal static async Task<DeathRegistered> WriteAsync(RegisterDeath command, DateOnly today, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var book = $"01/{today.Year}";
        var number = await transaction.FindAsync<int>(GiveNumber, new { command.Commune, Book = book }, cancellationToken);
        var entry = new DeathRegistered
        {
            DossierNumber = command.DossierNumber,
            RegistrationNumber = number.ToString(CultureInfo.InvariantCulture),
            Book = book,
            Commune = command.Commune,
            RegisteredOn = today,
            Deceased = command.Deceased,
            Death = command.Death,
            DeathNoticeNumber = command.DeathNoticeNumber,
        };
        await transaction.DoAsync(Insert, new
        {
            Dossier = command.DossierNumber,
            entry.Commune,
            entry.Book,
            Number = number,
            entry.RegisteredOn,
            PersonalId = command.Deceased.PersonalId?.Value,
            Notice = command.DeathNoticeNumber.Value,
            Answer = Answer.Write(entry),
        }, cancellationToken);
        return entry;
    }

    /// <summary>The death of a dossier, while it holds.</summary>
    internal static async Task<DeathRegistered?> FindAsync(string dossier, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        await transaction.FindAsync<string>(SelectEntry, new { Dossier = dossier }, cancellationToken) is { } kept ? Answer.Read<DeathRegistered>(kept) : null;

    internal static Task RevokeAsync(string dossier, DateOnly on, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.DoAsync(Revoke, new { Dossier = dossier, On = on }, cancellationToken);
}
