using Dapper;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>The register of children's health-insurance cards.</summary>
internal static class HealthCards
{
    private const string SelectCards = "select answer from health_card where dossier_number = @Dossier or personal_id = @PersonalId";

    private const string NextSerial = "select nextval('social_insurance_serial')";

    private const string InsertCard = """
        insert into health_card (dossier_number, card_number, birth_registration_number, personal_id, valid_from, valid_until, answer)
        values (@Dossier, @CardNumber, @Registration, @PersonalId, @ValidFrom, @ValidUntil, @Answer::jsonb)
        """;

    /// <summary>What was issued for the dossier or to the child.</summary>
    internal static async Task<IReadOnlyList<ChildHealthCardIssued>> FindAsync(
        IssueChildHealthCard command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var sought = new { Dossier = command.DossierNumber, command.PersonalId };
        var answers = await transaction.Connection!.QueryAsync<string>(new CommandDefinition(SelectCards, sought, transaction, cancellationToken: cancellationToken));
        return [.. answers.Select(Answer.Read<ChildHealthCardIssued>)];
    }

    internal static async Task<ChildHealthCardIssued> WriteAsync(
        IssueChildHealthCard command, string province, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        var serial = await connection.ExecuteScalarAsync<long>(new CommandDefinition(NextSerial, transaction: transaction, cancellationToken: cancellationToken));
        var card = new ChildHealthCardIssued
        {
            DossierNumber = command.DossierNumber,
            CardNumber = ChildHealthCard.Number(province, serial),
            ValidFrom = command.Child.BirthDate,
            ValidUntil = ChildHealthCard.ValidUntil(command.Child.BirthDate),
        };
        await connection.ExecuteAsync(new CommandDefinition(InsertCard, new
        {
            Dossier = card.DossierNumber,
            card.CardNumber,
            Registration = command.BirthRegistrationNumber,
            command.PersonalId,
            card.ValidFrom,
            card.ValidUntil,
            Answer = Answer.Write(card),
        }, transaction, cancellationToken: cancellationToken));
        return card;
    }
}
