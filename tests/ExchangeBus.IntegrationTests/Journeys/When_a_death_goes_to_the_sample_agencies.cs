using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.IntegrationTests.Procedures;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Journeys;

[TestFixture]
public sealed class When_a_death_goes_to_the_sample_agencies
{
    [Test]
    public async Task Should_complete_and_be_undone_when_the_person_lives()
    {
        await using var bus = await RunningBus.StartAsync(Servers.Current, LinkedBirthAgencies.All, LinkedBirthAgencies.EveryStep);
        await using var agencies = await LinkedBirthAgencies.StartAsync(bus.Address, bus.AmqpUri);
        var death = LinkedDeathDesk.Submission("550001", LinkedDeathProcedures.ResidenceDeletion, LinkedDeathProcedures.FuneralAllowance, LinkedDeathProcedures.SurvivorBenefit);

        await agencies.SubmitAsync(death);
        await StateAsync("Completed");
        Assert.That(await agencies.CountAsync("population", "select count(*) from citizen where is_dead"), Is.EqualTo(1));

        await agencies.RevokeDeathAsync(death.DossierNumber);
        await StateAsync("Revoked");
        Assert.That(await agencies.CountAsync("socialinsurance", "select count(*) from allowance where stopped_on is null"), Is.Zero);
        await Eventually.GetAsync(() => agencies.CountAsync("population", "select count(*) from citizen where is_dead"), n => n == 0, "the person lives again");

        Task StateAsync(string state) => Eventually.GetAsync(agencies.PortalStatesAsync, states => states.GetValueOrDefault(death.DossierNumber) == state, state, TimeSpan.FromSeconds(60));
    }
}
