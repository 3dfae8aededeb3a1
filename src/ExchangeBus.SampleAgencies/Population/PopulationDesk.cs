using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.CivilStatus;
using ExchangeBus.SampleAgencies.Steps;

namespace ExchangeBus.SampleAgencies.Population;

/// <summary>What officers of the population database decide by themselves.</summary>
public sealed class PopulationDesk
{
    // Clear of what is assigned on births.
    private const long FirstSerial = 900_000;

    private readonly Speaker _speaker;
    private readonly TimeProvider _time;

    internal PopulationDesk(Speaker speaker, TimeProvider time) => (_speaker, _time) = (speaker, time);

    /// <summary>Cancels a personal id and gives another of the same province; every holder is told. Null when it was replaced before.</summary>
    /// <param name="oldPersonalId">12 digits.</param>
    /// <param name="name">The citizen's name.</param>
    /// <param name="gender"><c>male</c> or <c>female</c>, as it holds now.</param>
    /// <param name="born">Day of birth, as it holds now.</param>
    /// <param name="reason"><c>genderRedetermined</c>, <c>birthDateCorrected</c>, <c>issuedByMistake</c>, <c>duplicate</c> or <c>other</c>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<PersonalIdReplaced?> ReplaceAsync(
        string oldPersonalId, PersonName name, string gender, DateOnly born, string reason, CancellationToken cancellationToken = default) =>
        _speaker.SayAsync(EventTypes.PersonalIdReplaced, async transaction =>
        {
            var serial = await transaction.FindAsync<long>("select nextval('personal_id_serial')", new { }, cancellationToken);
            var replaced = new PersonalIdReplaced
            {
                OldPersonalId = oldPersonalId,
                NewPersonalId = PersonalId.Of(oldPersonalId[1..3], gender, born, FirstSerial + serial) ?? throw new ArgumentException("A personal id tells the gender.", nameof(gender)),
                Name = name,
                ReplacedOn = VietnamDay.Of(_time.GetUtcNow()),
                Reason = reason,
            };
            return await Citizens.CancelAsync(oldPersonalId, replaced.NewPersonalId, name, transaction, cancellationToken) ? replaced : null;
        }, subject: _ => $"replacement-{Guid.CreateVersion7():N}", dossier: null, cancellationToken);
}
