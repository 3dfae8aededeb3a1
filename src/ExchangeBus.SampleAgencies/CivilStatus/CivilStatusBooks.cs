using System.Globalization;
using Dapper;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.CivilStatus;

/// <summary>The books of births. A number is given and its entry written in one transaction, so no book has a hole.</summary>
internal static class CivilStatusBooks
{
    private const string SelectEntries = "select answer from civil_status_entry where dossier_number = @Dossier or birth_notice_number = @Notice";

    // Two dossiers of one commune wait for each other here until the first commits.
    private const string GiveNumber = """
        insert into civil_status_book (commune, book, last_number) values (@Commune, @Book, 1)
        on conflict (commune, book) do update set last_number = civil_status_book.last_number + 1
        returning last_number, nextval('personal_id_serial')
        """;

    private const string InsertEntry = """
        insert into civil_status_entry (dossier_number, commune, book, number, registered_on, birth_notice_number, personal_id, answer)
        values (@Dossier, @Commune, @Book, @Number, @RegisteredOn, @Notice, @PersonalId, @Answer::jsonb)
        """;

    /// <summary>What stands in the books under the dossier or the birth notice.</summary>
    internal static async Task<IReadOnlyList<BirthRegistered>> FindAsync(RegisterBirth command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var sought = new { Dossier = command.DossierNumber, Notice = command.BirthNoticeNumber.Value };
        var answers = await transaction.Connection!.QueryAsync<string>(new CommandDefinition(SelectEntries, sought, transaction, cancellationToken: cancellationToken));
        return [.. answers.Select(Answer.Read<BirthRegistered>)];
    }

    internal static async Task<BirthRegistered> WriteAsync(
        RegisterBirth command, string province, bool personalIdComesLate, DateOnly today, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        var book = new { command.Commune, Book = $"01/{today.Year}" };
        var (number, serial) = await connection.QuerySingleAsync<(int, long)>(new CommandDefinition(GiveNumber, book, transaction, cancellationToken: cancellationToken));
        var entry = new BirthRegistered
        {
            DossierNumber = command.DossierNumber,
            RegistrationNumber = number.ToString(CultureInfo.InvariantCulture),
            Book = book.Book,
            Commune = command.Commune,
            RegisteredOn = today,
            PersonalId = personalIdComesLate ? null : PersonalId.Of(province, command.Child.Gender, command.Child.BirthDate, serial),
            Child = command.Child,
        };
        await connection.ExecuteAsync(new CommandDefinition(InsertEntry, new
        {
            Dossier = entry.DossierNumber,
            entry.Commune,
            entry.Book,
            Number = number,
            entry.RegisteredOn,
            Notice = command.BirthNoticeNumber.Value,
            entry.PersonalId,
            Answer = Answer.Write(entry),
        }, transaction, cancellationToken: cancellationToken));
        return entry;
    }
}
