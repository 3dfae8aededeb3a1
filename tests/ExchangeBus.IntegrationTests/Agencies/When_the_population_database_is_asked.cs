using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Contracts.Population;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Population;

namespace ExchangeBus.IntegrationTests.Agencies;

[TestFixture]
public sealed class When_the_population_database_is_asked
{
    private static readonly VerifyCitizen Mother = AgencyBench.Example<VerifyCitizen>(EventTypes.VerifyCitizen, "mother-by-personal-id");
    private int _request;

    [Test]
    public async Task Should_name_the_fields_that_differ_from_what_it_has()
    {
        await using var database = await AgencyBench.OpenAsync("population");

        Assert.That((await AskAsync(database, Mother)).Result, Is.EqualTo("match"));
        var other = Mother with { Citizen = Mother.Citizen with { Name = new PersonName("Trần", null, "Khác"), BirthDate = "1994-07" } };
        Assert.That((await AskAsync(database, other)).MismatchedFields, Is.EqualTo(["name", "birthDate"]));
        var inPart = Mother with { Citizen = Mother.Citizen with { Name = new PersonName("Trần Thị", "Minh", "Họa"), BirthDate = "1994" } };
        Assert.That((await AskAsync(database, inPart)).Result, Is.EqualTo("match"), "a name cut elsewhere and a birth date known in part agree");
    }

    [Test]
    public async Task Should_answer_the_same_question_the_same_way()
    {
        await using var database = await AgencyBench.OpenAsync("population");
        var first = (await database.PutAsync(EventTypes.VerifyCitizen, Mother)).Single();
        database.Time.Advance(TimeSpan.FromHours(1));

        Assert.That((await database.PutAsync(EventTypes.VerifyCitizen, Mother)).Single().Data.ToArray(), Is.EqualTo(first.Data.ToArray()));
    }

    [TestCase("MismatchEvery", "mismatch")]
    [TestCase("WithholdEvery", "withheld")]
    [TestCase("Behaviour:RefuseEvery", "notFound")]
    public async Task Should_answer_as_it_is_told_for_some_dossiers(string setting, string result)
    {
        await using var database = await AgencyBench.OpenAsync("population", (setting, "2"));

        Assert.That((await AskAsync(database, Mother)).Result, Is.EqualTo(result));
        Assert.That((await AskAsync(database, Mother with { DossierNumber = "G22.99.08-261123-000043" })).Result, Is.EqualTo("match"));
    }

    [Test]
    public async Task Should_know_who_is_dead_and_who_lives_again()
    {
        await using var database = await AgencyBench.OpenAsync("population");
        var death = AgencyBench.Example<DeathRegistered>(EventTypes.DeathRegistered, "in-a-dossier");
        var question = Mother with
        {
            Role = "deceased",
            Citizen = new CitizenKey { PersonalId = death.Deceased.PersonalId!.Value, Name = death.Deceased.Name.Value!, BirthDate = death.Deceased.BirthDate },
            Fields = ["name", "vitalStatus"],
        };

        Assert.That((await AskAsync(database, question)).Result, Is.EqualTo("match"));
        await database.PutAsync(EventTypes.DeathRegistered, death);
        Assert.That((await AskAsync(database, question)).MismatchedFields, Is.EqualTo(["vitalStatus"]));
        await database.PutAsync(EventTypes.DeathRevoked, AgencyBench.Example<DeathRevoked>(EventTypes.DeathRevoked, "court") with { Person = death.Deceased });
        Assert.That((await AskAsync(database, question)).Result, Is.EqualTo("match"));
    }

    [Test]
    public async Task Should_assign_a_personal_id_days_after_a_birth_that_has_none_and_once()
    {
        await using var database = await AgencyBench.OpenAsync("population", ("AssignAfter", "3.00:00:00"));
        var birth = AgencyBench.Example<BirthRegistered>(EventTypes.BirthRegistered, "personal-id-pending");
        await database.PutAsync(EventTypes.BirthRegistered, birth);
        await database.PutAsync(EventTypes.BirthRegistered, birth);
        await database.PutAsync(EventTypes.BirthRegistered, AgencyBench.Example<BirthRegistered>(EventTypes.BirthRegistered, "personal-id-known"));

        database.Time.Advance(TimeSpan.FromDays(2.9));
        Assert.That(await GiveDueAsync(database), Is.Empty);
        database.Time.Advance(TimeSpan.FromDays(0.1));
        var assigned = EventData.Read<PersonalIdAssigned>((await GiveDueAsync(database)).Single().Data.Span);
        Assert.That((assigned.DossierNumber, assigned.BirthRegistration.RegistrationNumber), Is.EqualTo((birth.DossierNumber, birth.RegistrationNumber)));
        Assert.That(assigned.AssignedOn, Is.EqualTo(new DateOnly(2026, 11, 26)));
        Assert.That(assigned.PersonalId, Does.Match("^0[0-9]{11}$"));
    }

    [Test]
    public async Task Should_replace_a_personal_id_once_and_find_nobody_under_the_old_one()
    {
        await using var database = await AgencyBench.OpenAsync("population");
        var (old, name) = (Mother.Citizen.PersonalId!, Mother.Citizen.Name);
        await AskAsync(database, Mother);

        var replaced = await database.Get<PopulationDesk>().ReplaceAsync(old, name, "female", new DateOnly(1994, 6, 18), "issuedByMistake");
        Assert.That((await database.TakeOutboxAsync()).Single().Type, Is.EqualTo(EventTypes.PersonalIdReplaced));
        Assert.That(replaced!.NewPersonalId, Is.Not.EqualTo(old).And.StartsWith(old[..6]));
        Assert.That(await database.Get<PopulationDesk>().ReplaceAsync(old, name, "female", new DateOnly(1994, 6, 18), "duplicate"), Is.Null);
        Assert.That(await database.TakeOutboxAsync(), Is.Empty);
        Assert.That((await AskAsync(database, Mother)).Result, Is.EqualTo("notFound"));
    }

    private async Task<CitizenVerified> AskAsync(AgencyBench database, VerifyCitizen question) =>
        EventData.Read<CitizenVerified>((await database.PutAsync(EventTypes.VerifyCitizen, question with { RequestId = $"XT-{++_request}" })).Single().Data.Span);

    private static async Task<IReadOnlyList<CloudEvent>> GiveDueAsync(AgencyBench database)
    {
        await database.Get<KeptAnswers>().GiveDueAsync(CancellationToken.None);
        return await database.TakeOutboxAsync();
    }
}
