using ExchangeBus.Contracts;
using ExchangeBus.Contracts.HealthNotices;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Hospital;
using ExchangeBus.SampleAgencies.Portal;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Agencies;

[TestFixture]
public sealed class When_citizens_hospitals_and_the_police_act
{
    private static readonly IssueChildIdCard Card = AgencyBench.Example<IssueChildIdCard>(EventTypes.IssueChildIdCard, "by-post");

    [Test]
    public async Task Should_send_a_notice_once_unless_it_is_reissued()
    {
        await using var hospital = await AgencyBench.OpenAsync("hospital");
        var (desk, birth) = (hospital.Get<HospitalDesk>(), AgencyBench.Example<BirthNoticeIssued>(EventTypes.BirthNoticeIssued, "one-child"));

        Assert.That(await desk.IssueAsync(birth), Is.Not.Null);
        Assert.That(await desk.IssueAsync(birth with { Reissued = null }), Is.Null);
        Assert.That(await desk.IssueAsync(birth with { Reissued = true }), Is.Not.Null);
        Assert.That(await desk.IssueAsync(AgencyBench.Example<DeathNoticeIssued>(EventTypes.DeathNoticeIssued, "in-hospital")), Is.Not.Null);
        Assert.That((await hospital.TakeOutboxAsync()).Select(said => said.Type), Is.EqualTo([EventTypes.BirthNoticeIssued, EventTypes.BirthNoticeIssued, EventTypes.DeathNoticeIssued]));
    }

    [Test]
    public async Task Should_hand_in_a_death_supply_what_is_missing_and_withdraw_once()
    {
        await using var portal = await AgencyBench.OpenAsync("portal");
        var (desk, death) = (portal.Get<CitizenDesk>(), AgencyBench.Example<LinkedDeathSubmitted>(EventTypes.LinkedDeathSubmitted, "all-procedures"));

        await desk.SubmitDeathAsync(death);
        Assert.That(() => desk.SubmitDeathAsync(death), Throws.InstanceOf<PostgresException>(), "the number was used");
        await desk.SupplementAsync(death.DossierNumber, note: "Xin gửi lại.");
        Assert.That(() => desk.SupplementAsync(death.DossierNumber), Throws.ArgumentException);
        Assert.That(await desk.WithdrawAsync(death.DossierNumber), Is.Not.Null);
        Assert.That(await desk.WithdrawAsync(death.DossierNumber, "Lần nữa."), Is.Null);

        var said = await portal.TakeOutboxAsync();
        Assert.That(said.Select(s => s.Type), Is.EqualTo([EventTypes.LinkedDeathSubmitted, EventTypes.SupplementSubmitted, EventTypes.DossierWithdrawn]));
        Assert.That(said.Select(s => s.Subject), Is.All.EqualTo(death.DossierNumber));
        Assert.That((said[0].Id, said[0][ExtensionAttributes.Purpose]), Is.EqualTo((death.DossierNumber, "2.002622")));
    }

    [Test]
    public async Task Should_issue_one_identity_card_to_a_child_under_six()
    {
        await using var police = await AgencyBench.OpenAsync("identity");

        var issued = (await police.PutAsync(EventTypes.IssueChildIdCard, Card)).Single();
        Assert.That(EventData.Read<ChildIdCardIssued>(issued.Data.Span).ValidUntil, Is.EqualTo(Card.Child.BirthDate.AddYears(14)));
        Assert.That((await police.PutAsync(EventTypes.IssueChildIdCard, Card)).Single().Data.ToArray(), Is.EqualTo(issued.Data.ToArray()), "asked again");
        Assert.That(await ReasonAsync(police, Card with { DossierNumber = "G22.99.08-261123-000999" }), Is.EqualTo("card-already-issued"));
        Assert.That(await ReasonAsync(police, Card with
        {
            DossierNumber = "G22.99.08-261123-000998",
            PersonalId = "001320000001",
            Child = Card.Child with { BirthDate = new DateOnly(2020, 11, 23) },
        }), Is.EqualTo("child-not-under-six"));
    }

    private static async Task<string> ReasonAsync(AgencyBench police, IssueChildIdCard command) =>
        EventData.Read<ChildIdCardRefused>((await police.PutAsync(EventTypes.IssueChildIdCard, command)).Single().Data.Span).ReasonCode;
}
