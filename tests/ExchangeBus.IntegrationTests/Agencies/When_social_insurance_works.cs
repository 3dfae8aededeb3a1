using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.HealthNotices;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Contracts.Population;

namespace ExchangeBus.IntegrationTests.Agencies;

[TestFixture]
public sealed class When_social_insurance_works
{
    private static readonly LockHealthCard Lock = AgencyBench.Example<LockHealthCard>(EventTypes.LockHealthCard, "card-known");
    private static readonly UnlockHealthCard Unlock = AgencyBench.Example<UnlockHealthCard>(EventTypes.UnlockHealthCard, "card-known") with
    {
        DossierNumber = Lock.DossierNumber,
        PersonalId = Lock.Deceased.PersonalId!,
    };

    [Test]
    public async Task Should_lock_a_card_on_the_hospitals_word_and_again_on_the_book_since_the_first_day()
    {
        await using var insurance = await AgencyBench.OpenAsync("socialinsurance");

        var byNotice = EventData.Read<HealthCardLocked>((await insurance.PutAsync(EventTypes.DeathNoticeIssued, AgencyBench.Example<DeathNoticeIssued>(EventTypes.DeathNoticeIssued, "in-hospital"))).Single().Data.Span);
        Assert.That((byNotice.DossierNumber, byNotice.Basis), Is.EqualTo(((string?)null, "deathNotice")));
        insurance.Time.Advance(TimeSpan.FromDays(1));
        var byBook = EventData.Read<HealthCardLocked>((await insurance.PutAsync(EventTypes.LockHealthCard, Lock)).Single().Data.Span);
        Assert.That((byBook.DossierNumber, byBook.Basis, byBook.LockedOn), Is.EqualTo((Lock.DossierNumber, "deathRegistration", byNotice.LockedOn)));
        Assert.That(byBook.CardNumber, Is.EqualTo(byNotice.CardNumber));
    }

    [Test]
    public async Task Should_say_that_there_was_no_card_to_lock()
    {
        await using var insurance = await AgencyBench.OpenAsync("socialinsurance");

        var locked = await insurance.PutAsync(EventTypes.LockHealthCard, AgencyBench.Example<LockHealthCard>(EventTypes.LockHealthCard, "card-unknown"));
        Assert.That(EventData.Read<HealthCardLocked>(locked.Single().Data.Span).CardNumber.State, Is.EqualTo(FieldState.None));
        Assert.That(await insurance.PutAsync(EventTypes.DeathNoticeIssued, AgencyBench.Example<DeathNoticeIssued>(EventTypes.DeathNoticeIssued, "not-identified")), Is.Empty);
    }

    [Test]
    public async Task Should_unlock_what_it_has_locked_and_nothing_else()
    {
        await using var insurance = await AgencyBench.OpenAsync("socialinsurance");

        Assert.That(await insurance.PutAsync(EventTypes.UnlockHealthCard, Unlock), Is.Empty, "nothing is locked");
        await insurance.PutAsync(EventTypes.LockHealthCard, Lock);
        var unlocked = EventData.Read<HealthCardUnlocked>((await insurance.PutAsync(EventTypes.UnlockHealthCard, Unlock)).Single().Data.Span);
        Assert.That(unlocked.CardNumber, Is.EqualTo(Lock.CardNumber!.Value));
        Assert.That(await insurance.CountAsync("select count(*) from locked_card where unlocked_on is null"), Is.Zero);
    }

    [Test]
    public async Task Should_link_the_temporary_card_and_the_late_personal_id_to_the_real_card_and_follow_a_new_number()
    {
        await using var insurance = await AgencyBench.OpenAsync("socialinsurance");
        var notice = AgencyBench.Example<BirthNoticeIssued>(EventTypes.BirthNoticeIssued, "one-child") with { TemporaryHealthCardNumber = "TE1010126000001" };
        var card = AgencyBench.Example<IssueChildHealthCard>(EventTypes.IssueChildHealthCard, "personal-id-pending");
        var assigned = AgencyBench.Example<PersonalIdAssigned>(EventTypes.PersonalIdAssigned, "in-a-dossier") with
        {
            DossierNumber = card.DossierNumber,
            TemporaryHealthCardNumber = notice.TemporaryHealthCardNumber,
        };
        await insurance.PutAsync(EventTypes.BirthNoticeIssued, notice);
        var issued = EventData.Read<ChildHealthCardIssued>((await insurance.PutAsync(EventTypes.IssueChildHealthCard, card)).Single().Data.Span);

        await insurance.PutAsync(EventTypes.PersonalIdAssigned, assigned);
        Assert.That(await insurance.CountAsync(
            "select count(*) from health_card where personal_id = @PersonalId and temporary_card_number = 'TE1010126000001'", new { assigned.PersonalId }), Is.EqualTo(1));
        Assert.That(await insurance.CountAsync("select count(*) from temporary_card where linked_card_number = @CardNumber", new { issued.CardNumber }), Is.EqualTo(1));

        await insurance.PutAsync(EventTypes.PersonalIdReplaced, AgencyBench.Example<PersonalIdReplaced>(EventTypes.PersonalIdReplaced, "issued-by-mistake") with { OldPersonalId = assigned.PersonalId, NewPersonalId = "001326999999" });
        Assert.That(await insurance.CountAsync("select count(*) from health_card where personal_id = '001326999999'"), Is.EqualTo(1));
    }
}
