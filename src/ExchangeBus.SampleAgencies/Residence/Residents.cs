using System.Globalization;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Residence;

/// <summary>Permanent residences that a death ends.</summary>
internal static class Residents
{
    // A child that the agency registered keeps its number; others get one now.
    private const string Enter = """
        insert into resident (residence_number, personal_id, dossier_number, address)
        select coalesce((select residence_number from residence_record where personal_id = @PersonalId), @Number), @PersonalId, @Dossier,
            coalesce((select answer -> 'address' from residence_record where personal_id = @PersonalId), @Address::jsonb)
        on conflict do nothing
        """;

    private const string Delete = """
        update resident set deleted_on = @On, dossier_number = @Dossier
        where dossier_number = @Dossier or personal_id = @PersonalId
        returning residence_number as Number, address::text as Address
        """;

    private const string Restore = """
        update resident set deleted_on = null
        where (dossier_number = @Dossier or personal_id = @PersonalId or residence_number = @Number)
        returning residence_number as Number, address::text as Address
        """;

    /// <summary>Ends the residence of somebody who lived there, and returns its number and address.</summary>
    internal static async Task<Resident> DeleteAsync(
        string dossier, string? personalId, Address last, DateOnly on, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var serial = await transaction.FindAsync<long>("select nextval('residence_serial')", new { }, cancellationToken);
        await transaction.DoAsync(Enter, new
        {
            PersonalId = personalId,
            Dossier = dossier,
            Number = string.Create(CultureInfo.InvariantCulture, $"TT-{on.Year}-{serial:000000}"),
            Address = Answer.Write(last),
        }, cancellationToken);
        return (await transaction.FindAsync<Resident>(Delete, new { Dossier = dossier, PersonalId = personalId, On = on }, cancellationToken))!;
    }

    /// <summary>Null when the agency has deleted no such residence.</summary>
    internal static Task<Resident?> RestoreAsync(string dossier, string? personalId, string? number, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.FindAsync<Resident>(Restore, new { Dossier = dossier, PersonalId = personalId, Number = number }, cancellationToken);
}

/// <summary>A residence: its number, and the address as JSON.</summary>
internal sealed record Resident(string Number, string Address)
{
    internal Address Where => Answer.Read<Address>(Address);
}
