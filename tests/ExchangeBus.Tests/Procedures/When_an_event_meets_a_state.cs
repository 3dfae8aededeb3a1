using ExchangeBus.Checks;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Procedures;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.LinkedBirth;
using ExchangeBus.Procedures.LinkedDeath;
using ExchangeBus.Tests.Schemas;
using MassTransit;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Tests.Procedures;

/// <summary>No pair of state and event is left open, in any procedure.</summary>
[TestFixture]
public sealed class When_an_event_meets_a_state
{
    private static readonly DossierWork Work = new(
        new LegalClock(Path.Combine(AppContext.BaseDirectory, "schemas", "legal")),
        new RuleBook(new ContractFiles(SchemaFolder.Root), Options.Create(new ChecksOptions { SchemasFolder = SchemaFolder.Root })),
        Options.Create(new ProceduresOptions()),
        TimeProvider.System);

    private static readonly UnknownDossiers Unknown = new(TimeProvider.System);
    private static readonly LinkedBirthProcess Birth = new(new LinkedBirthSteps(Work, Unknown));
    private static readonly LinkedDeathProcess Death = new(new LinkedDeathSteps(Work, Unknown));

    private static IEnumerable<State> BirthStates => Birth.States.Where(s => s != Birth.Initial && s != Birth.Final);

    private static IEnumerable<State> DeathStates => Death.States.Where(s => s != Death.Initial && s != Death.Final);

    [TestCaseSource(nameof(BirthStates))]
    public void Should_be_decided_by_name_after_a_birth(State state) => AssertDecided(Birth, state, 23);

    [TestCaseSource(nameof(DeathStates))]
    public void Should_be_decided_by_name_after_a_death(State state) => AssertDecided(Death, state, 21);

    [Test]
    public void Should_know_every_state()
    {
        Assert.That(BirthStates.Count(), Is.EqualTo(12));
        Assert.That(DeathStates.Count(), Is.EqualTo(11));
    }

    private static void AssertDecided<T>(MassTransitStateMachine<T> process, State state, int count)
        where T : class, SagaStateMachineInstance
    {
        var events = process.Events.Where(e => e.GetType().IsGenericType).Select(e => e.Name).Order().ToArray();

        Assert.That(events, Has.Length.EqualTo(count));
        Assert.That(process.NextEvents(state).Select(e => e.Name).Where(events.Contains).Order(), Is.EqualTo(events));
    }
}
