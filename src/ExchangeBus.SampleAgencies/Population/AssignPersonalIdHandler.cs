using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.CivilStatus;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Options;

namespace ExchangeBus.SampleAgencies.Population;

/// <summary>Gives a child whose birth was registered without a personal id its number, some time later; one number for each record in the books.</summary>
internal sealed class AssignPersonalIdHandler(UnitLists units, IOptions<PopulationOptions> options, Behaviour behaviour, TimeProvider time) : ITypeHandler
{
    // Numbers of the civil-status books grow from 0; these stay clear of them.
    private const long FirstSerial = 500_000;

    private const string Insert = "insert into assigned_id (birth_record, personal_id) values (@Record, @PersonalId) on conflict do nothing";

    public string Type => EventTypes.BirthRegistered;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var birth = context.Read<BirthRegistered>();
        var serial = await context.Transaction.FindAsync<long>("select nextval('personal_id_serial')", new { }, cancellationToken);
        var personalId = units.ProvinceOf(birth.Commune, birth.RegisteredOn) is { } province
            ? PersonalId.Of(province, birth.Child.Gender, birth.Child.BirthDate, FirstSerial + serial)
            : null;
        // Without gender or province the number would have to be guessed: such a birth waits for a correction.
        if (birth.PersonalId is not null || personalId is null)
            return;
        await behaviour.TakeTimeAsync(cancellationToken);
        var record = $"{birth.Commune} {birth.Book} {birth.RegistrationNumber}";
        if (await context.Transaction.DoAsync(Insert, new { Record = record, PersonalId = personalId }, cancellationToken) == 0)
            return;

        var due = time.GetUtcNow() + options.Value.AssignAfter;
        var assigned = context.CreateAnswer(EventTypes.PersonalIdAssigned, new PersonalIdAssigned
        {
            DossierNumber = behaviour.AnswersFor(birth.DossierNumber),
            BirthRegistration = new RegistrationReference
            {
                Kind = "birth",
                RegistrationNumber = birth.RegistrationNumber,
                Book = birth.Book,
                Commune = birth.Commune,
                RegisteredOn = birth.RegisteredOn,
            },
            PersonalId = personalId,
            Name = birth.Child.Name,
            Gender = birth.Child.Gender,
            BirthDate = birth.Child.BirthDate,
            AssignedOn = VietnamDay.Of(due),
        });
        await KeptAnswers.KeepAsync(new KeptAnswer(birth.DossierNumber, assigned with { Time = due, Subject = behaviour.AnswersFor(birth.DossierNumber) }, due), isAskedFor: false, context.Transaction, cancellationToken);
    }
}
