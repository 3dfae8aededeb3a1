using System.Globalization;
using Dapper;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Residence;

/// <summary>The residence registry: a child has one permanent residence.</summary>
internal static class ResidenceRecords
{
    private const string SelectRecords = "select answer from residence_record where dossier_number = @Dossier or personal_id = @PersonalId";

    private const string NextSerial = "select nextval('residence_serial')";

    private const string InsertRecord = """
        insert into residence_record (dossier_number, residence_number, birth_registration_number, personal_id, registered_on, answer)
        values (@Dossier, @Number, @Registration, @PersonalId, @RegisteredOn, @Answer::jsonb)
        """;

    /// <summary>What is recorded under the dossier or the child.</summary>
    internal static async Task<IReadOnlyList<PermanentResidenceRegistered>> FindAsync(
        RegisterPermanentResidence command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var sought = new { Dossier = command.DossierNumber, command.PersonalId };
        var answers = await transaction.Connection!.QueryAsync<string>(new CommandDefinition(SelectRecords, sought, transaction, cancellationToken: cancellationToken));
        return [.. answers.Select(Answer.Read<PermanentResidenceRegistered>)];
    }

    internal static async Task<PermanentResidenceRegistered> WriteAsync(
        RegisterPermanentResidence command, Address address, DateOnly today, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        var serial = await connection.ExecuteScalarAsync<long>(new CommandDefinition(NextSerial, transaction: transaction, cancellationToken: cancellationToken));
        var record = new PermanentResidenceRegistered
        {
            DossierNumber = command.DossierNumber,
            ResidenceNumber = string.Create(CultureInfo.InvariantCulture, $"TT-{today.Year}-{serial:000000}"),
            Address = address,
            RegisteredOn = today,
        };
        await connection.ExecuteAsync(new CommandDefinition(InsertRecord, new
        {
            Dossier = record.DossierNumber,
            Number = record.ResidenceNumber,
            Registration = command.BirthRegistrationNumber,
            command.PersonalId,
            record.RegisteredOn,
            Answer = Answer.Write(record),
        }, transaction, cancellationToken: cancellationToken));
        return record;
    }
}
