using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.CivilStatus;

/// <summary>What civil-status officers decide by themselves about entries in their books. Each method is null when there is no such entry that holds.</summary>
public sealed class CivilStatusDesk
{
    private const string Authority = "Ủy ban nhân dân xã";

    private const string SelectBirth = "select answer from civil_status_entry where dossier_number = @Dossier and annulled_on is null for update";
    private const string Annul = "update civil_status_entry set annulled_on = @On where dossier_number = @Dossier";

    private readonly Speaker _speaker;
    private readonly TimeProvider _time;

    internal CivilStatusDesk(Speaker speaker, TimeProvider time) => (_speaker, _time) = (speaker, time);

    private DateOnly Today => VietnamDay.Of(_time.GetUtcNow());

    /// <summary>Corrects a field of a birth (Law on Civil Status 60/2014, article 28).</summary>
    /// <param name="dossierNumber">The dossier under which the birth was registered.</param>
    /// <param name="field">JSON pointer into the registration's event, for example <c>/child/birthDate</c>.</param>
    /// <param name="before">What stood there; null when nothing did.</param>
    /// <param name="after">What stands there now; null when it was struck out.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<CivilStatusCorrected?> CorrectBirthAsync(string dossierNumber, string field, string? before, string? after, CancellationToken cancellationToken = default) =>
        _speaker.SayAsync(EventTypes.CivilStatusCorrected, async transaction =>
            await FindBirthAsync(dossierNumber, transaction, cancellationToken) is not { } birth ? null : new CivilStatusCorrected
            {
                Registration = RecordOf(birth),
                PersonalId = birth.PersonalId ?? Stated.Unknown<string>(),
                Name = birth.Child.Name,
                Change = before is null ? "supplemented" : "corrected",
                CorrectedOn = Today,
                Decision = await DecideAsync(transaction, cancellationToken),
                Fields = [new Correction { Field = field, Before = before ?? Stated.None<string>(), After = after ?? Stated.None<string>() }],
            }, corrected => SubjectOf(corrected.Registration), _ => dossierNumber, cancellationToken);

    /// <summary>Annuls a birth that was registered against the law, or twice.</summary>
    /// <param name="dossierNumber">The dossier under which the birth was registered.</param>
    /// <param name="reason"><c>registeredTwice</c>, <c>notCompetent</c>, <c>falsePapers</c>, <c>courtDecision</c> or <c>other</c>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<RegistrationAnnulled?> AnnulBirthAsync(string dossierNumber, string reason, CancellationToken cancellationToken = default) =>
        _speaker.SayAsync(EventTypes.RegistrationAnnulled, async transaction =>
        {
            if (await FindBirthAsync(dossierNumber, transaction, cancellationToken) is not { } birth)
                return null;
            await transaction.DoAsync(Annul, new { Dossier = dossierNumber, On = Today }, cancellationToken);
            return new RegistrationAnnulled
            {
                Registration = RecordOf(birth),
                PersonalId = birth.PersonalId ?? Stated.Unknown<string>(),
                AnnulledOn = Today,
                Decision = await DecideAsync(transaction, cancellationToken),
                Reason = reason,
            };
        }, annulled => SubjectOf(annulled.Registration), _ => dossierNumber, cancellationToken);

    /// <summary>Revokes a death: the person lives.</summary>
    /// <param name="dossierNumber">The dossier under which the death was registered.</param>
    /// <param name="cause"><c>mistakenIdentity</c>, <c>wrongPersonalId</c>, <c>courtDecision</c>, <c>falseNotice</c> or <c>other</c>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<DeathRevoked?> RevokeDeathAsync(string dossierNumber, string cause, CancellationToken cancellationToken = default) =>
        _speaker.SayAsync(EventTypes.DeathRevoked, async transaction =>
        {
            if (await DeathBooks.FindAsync(dossierNumber, transaction, cancellationToken) is not { } death)
                return null;
            await DeathBooks.RevokeAsync(dossierNumber, Today, transaction, cancellationToken);
            return new DeathRevoked
            {
                DossierNumber = dossierNumber,
                Registration = new RegistrationReference
                {
                    Kind = "death",
                    RegistrationNumber = death.RegistrationNumber,
                    Book = death.Book,
                    Commune = death.Commune,
                    RegisteredOn = death.RegisteredOn,
                },
                Person = death.Deceased,
                RevokedOn = Today,
                Decision = await DecideAsync(transaction, cancellationToken),
                Cause = cause,
            };
        }, _ => dossierNumber, _ => dossierNumber, cancellationToken);

    private static async Task<BirthRegistered?> FindBirthAsync(string dossier, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        await transaction.FindAsync<string>(SelectBirth, new { Dossier = dossier }, cancellationToken) is { } kept ? Answer.Read<BirthRegistered>(kept) : null;

    private static RegistrationReference RecordOf(BirthRegistered birth) => new()
    {
        Kind = "birth",
        RegistrationNumber = birth.RegistrationNumber,
        Book = birth.Book,
        Commune = birth.Commune,
        RegisteredOn = birth.RegisteredOn,
    };

    private static string SubjectOf(RegistrationReference entry) => $"{entry.Commune}-{entry.Book.Replace('/', '-')}-{entry.RegistrationNumber}";

    private async Task<Decision> DecideAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var serial = await transaction.FindAsync<long>("select nextval('decision_serial')", new { }, cancellationToken);
        return new Decision { Number = $"{serial}/QĐ-UBND", DecidedOn = Today, Authority = Authority };
    }
}
