using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;

namespace ExchangeBus.IntegrationTests.Agencies;

[TestFixture]
public sealed class When_residence_is_decided
{
    private static readonly DeletePermanentResidence Deletion = AgencyBench.Example<DeletePermanentResidence>(EventTypes.DeletePermanentResidence, "known-number");
    private static readonly RequestHouseholdConsent Question = AgencyBench.Example<RequestHouseholdConsent>(EventTypes.RequestHouseholdConsent, "grandfather");
    private static readonly RestorePermanentResidence Restoration = AgencyBench.Example<RestorePermanentResidence>(EventTypes.RestorePermanentResidence, "wrong-person") with
    {
        DossierNumber = Deletion.DossierNumber,
        PersonalId = Deletion.Deceased.PersonalId!,
        ResidenceNumber = null,
    };

    [TestCase("", "", "granted")]
    [TestCase("DenyEvery", "1", "denied")]
    [TestCase("SilentEvery", "1", "expired")]
    [TestCase("Behaviour:RefuseEvery", "1", "denied")]
    public async Task Should_bring_the_answer_of_the_head_of_the_household(string setting, string value, string answer)
    {
        await using var registry = await AgencyBench.OpenAsync("residence", setting.Length == 0 ? [] : [(setting, value)]);

        var answered = EventData.Read<HouseholdConsentAnswered>((await registry.PutAsync(EventTypes.RequestHouseholdConsent, Question)).Single().Data.Span);
        Assert.That(answered.Answer, Is.EqualTo(answer));
        Assert.That(answered.Method, answer == "expired" ? Is.Null : Is.EqualTo("vneid"));
    }

    [Test]
    public async Task Should_say_that_it_verifies_before_it_registers_and_the_other_way_round_when_the_first_waits()
    {
        var command = AgencyBench.Example<RegisterPermanentResidence>(EventTypes.RegisterPermanentResidence, "personal-id-known");
        await using (var registry = await AgencyBench.OpenAsync("residence", ("VerifyEvery", "1")))
        {
            Assert.That((await registry.PutAsync(EventTypes.RegisterPermanentResidence, command)).Select(said => said.Type),
                Is.EqualTo([EventTypes.ResidenceVerificationStarted, EventTypes.PermanentResidenceRegistered]));
        }

        await using var wrongWay = await AgencyBench.OpenAsync("residence", ("VerifyEvery", "1"), ("Behaviour:FirstWaits", "00:00:05"));
        Assert.That((await wrongWay.PutAsync(EventTypes.RegisterPermanentResidence, command)).Select(said => said.Type), Is.EqualTo([EventTypes.PermanentResidenceRegistered]));
    }

    [Test]
    public async Task Should_delete_a_residence_once_and_restore_it_under_its_number()
    {
        await using var registry = await AgencyBench.OpenAsync("residence");

        var deleted = EventData.Read<PermanentResidenceDeleted>((await registry.PutAsync(EventTypes.DeletePermanentResidence, Deletion)).Single().Data.Span);
        Assert.That(deleted.ResidenceNumber.Value, Does.StartWith("TT-2026-"));
        Assert.That(EventData.Read<PermanentResidenceDeleted>((await registry.PutAsync(EventTypes.DeletePermanentResidence, Deletion)).Single().Data.Span), Is.EqualTo(deleted));
        Assert.That(await registry.CountAsync("select count(*) from resident where deleted_on is not null"), Is.EqualTo(1));

        var restored = EventData.Read<PermanentResidenceRestored>((await registry.PutAsync(EventTypes.RestorePermanentResidence, Restoration)).Single().Data.Span);
        Assert.That((restored.ResidenceNumber, restored.Address.Unit), Is.EqualTo((deleted.ResidenceNumber.Value, deleted.Address!.Value!.Unit)));
        Assert.That(await registry.CountAsync("select count(*) from resident where deleted_on is null"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_say_nothing_when_there_is_nothing_to_restore()
    {
        await using var registry = await AgencyBench.OpenAsync("residence");

        Assert.That(await registry.PutAsync(EventTypes.RestorePermanentResidence, Restoration), Is.Empty);
    }

    [Test]
    public async Task Should_refuse_a_deletion_with_a_reason_and_say_so_when_there_was_no_residence()
    {
        await using (var refusing = await AgencyBench.OpenAsync("residence", ("Behaviour:RefuseEvery", "1")))
            Assert.That((await refusing.PutAsync(EventTypes.DeletePermanentResidence, Deletion)).Single().Type, Is.EqualTo(EventTypes.PermanentResidenceDeletionRefused));

        await using var registry = await AgencyBench.OpenAsync("residence");
        var homeless = Deletion with { Deceased = Deletion.Deceased with { LastResidence = Stated.Unknown<Place>() } };
        var deleted = EventData.Read<PermanentResidenceDeleted>((await registry.PutAsync(EventTypes.DeletePermanentResidence, homeless)).Single().Data.Span);
        Assert.That(deleted.ResidenceNumber.State, Is.EqualTo(FieldState.None));
    }
}
