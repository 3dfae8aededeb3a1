using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.CivilStatus;

namespace ExchangeBus.IntegrationTests.Agencies;

[TestFixture]
public sealed class When_the_books_are_kept
{
    private const string OtherDossier = "G22.99.08-261123-000312";
    private static readonly RegisterDeath Death = AgencyBench.Example<RegisterDeath>(EventTypes.RegisterDeath, "with-notice");
    private static readonly RegisterBirth Birth = AgencyBench.Example<RegisterBirth>(EventTypes.RegisterBirth, "two-parents");

    [Test]
    public async Task Should_register_a_death_once()
    {
        await using var books = await AgencyBench.OpenAsync("civilstatus");

        var first = (await books.PutAsync(EventTypes.RegisterDeath, Death)).Single();
        Assert.That(first.Type, Is.EqualTo(EventTypes.DeathRegistered));
        Assert.That((await books.PutAsync(EventTypes.RegisterDeath, Death)).Single().Data.ToArray(), Is.EqualTo(first.Data.ToArray()));
        var second = EventData.Read<DeathRegistrationRefused>((await books.PutAsync(EventTypes.RegisterDeath, Death with { DossierNumber = OtherDossier })).Single().Data.Span);
        Assert.That(second.ReasonCode, Is.EqualTo("registered-before"));
    }

    [Test]
    public async Task Should_number_deaths_and_births_of_a_commune_apart()
    {
        await using var books = await AgencyBench.OpenAsync("civilstatus");
        await books.PutAsync(EventTypes.RegisterBirth, Birth with { Commune = Death.Commune });

        Assert.That(EventData.Read<DeathRegistered>((await books.PutAsync(EventTypes.RegisterDeath, Death)).Single().Data.Span).RegistrationNumber, Is.EqualTo("1"));
    }

    [Test]
    public async Task Should_revoke_a_death_once_and_be_able_to_register_the_real_one()
    {
        await using var books = await AgencyBench.OpenAsync("civilstatus");
        await books.PutAsync(EventTypes.RegisterDeath, Death);
        var desk = books.Get<CivilStatusDesk>();

        Assert.That(await desk.RevokeDeathAsync(OtherDossier, "mistakenIdentity"), Is.Null, "no such death");
        Assert.That((await desk.RevokeDeathAsync(Death.DossierNumber, "mistakenIdentity"))!.Registration.RegistrationNumber, Is.EqualTo("1"));
        Assert.That(await desk.RevokeDeathAsync(Death.DossierNumber, "mistakenIdentity"), Is.Null, "it is revoked already");
        Assert.That((await books.TakeOutboxAsync()).Select(said => said.Type), Is.EqualTo([EventTypes.DeathRevoked]));
        Assert.That((await books.PutAsync(EventTypes.RegisterDeath, Death with { DossierNumber = OtherDossier })).Single().Type, Is.EqualTo(EventTypes.DeathRegistered));
    }

    [Test]
    public async Task Should_correct_and_annul_a_birth()
    {
        await using var books = await AgencyBench.OpenAsync("civilstatus");
        await books.PutAsync(EventTypes.RegisterBirth, Birth);
        var desk = books.Get<CivilStatusDesk>();

        Assert.That((await desk.CorrectBirthAsync(Birth.DossierNumber, "/child/ethnicity", "01", "02"))!.Change, Is.EqualTo("corrected"));
        Assert.That((await desk.CorrectBirthAsync(Birth.DossierNumber, "/child/nativePlace/detail", null, "Làng Giả Định"))!.Change, Is.EqualTo("supplemented"));
        Assert.That((await desk.AnnulBirthAsync(Birth.DossierNumber, "registeredTwice"))!.Registration.Kind, Is.EqualTo("birth"));
        Assert.That(await desk.AnnulBirthAsync(Birth.DossierNumber, "registeredTwice"), Is.Null, "it is annulled already");
        Assert.That(await desk.CorrectBirthAsync(Birth.DossierNumber, "/child/ethnicity", "02", "03"), Is.Null, "nothing holds that could be corrected");
        Assert.That((await books.TakeOutboxAsync()).Select(said => said.Type), Is.EqualTo([EventTypes.CivilStatusCorrected, EventTypes.CivilStatusCorrected, EventTypes.RegistrationAnnulled]));
    }

    [Test]
    public async Task Should_leave_the_personal_id_to_the_population_database_for_some_dossiers()
    {
        await using var books = await AgencyBench.OpenAsync("civilstatus", ("PersonalIdLateEvery", "7"));
        var late = Birth with { DossierNumber = "G22.99.08-261123-000007", BirthNoticeNumber = "00007.GCS.01013.26" };

        Assert.That(EventData.Read<BirthRegistered>((await books.PutAsync(EventTypes.RegisterBirth, late)).Single().Data.Span).PersonalId, Is.Null);
        Assert.That(EventData.Read<BirthRegistered>((await books.PutAsync(EventTypes.RegisterBirth, late with
        {
            DossierNumber = "G22.99.08-261123-000008",
            BirthNoticeNumber = "00008.GCS.01013.26",
        })).Single().Data.Span).PersonalId, Is.Not.Null);
    }
}
