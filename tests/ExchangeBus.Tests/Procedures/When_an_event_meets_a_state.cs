using ExchangeBus.Checks;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Procedures;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.LinkedBirth;
using ExchangeBus.Tests.Schemas;
using MassTransit;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Tests.Procedures;

/// <summary>No pair of state and event is left open, in any procedure.</summary>
[TestFixture]
public sealed class When_an_event_meets_a_state
{
    private static readonly LinkedBirthProcess Birth = new(new LinkedBirthSteps(
        new DossierWork(new LegalClock(Path.Combine(AppContext.BaseDirectory, "schemas", "legal")),
            new RuleBook(new ContractFiles(SchemaFolder.Root), Options.Create(new ChecksOptions { SchemasFolder = SchemaFolder.Root })), Options.Create(new ProceduresOptions()), TimeProvider.System),
        new UnknownDossiers(TimeProvider.System)));

    private static IEnumerable<State> States => Birth.States.Where(s => s != Birth.Initial && s != Birth.Final);

    [TestCaseSource(nameof(States))]
    public void Should_be_decided_by_name(State state)
    {
        var events = Birth.Events.Where(e => e.GetType().IsGenericType).Select(e => e.Name).Order().ToArray();

        Assert.That(events, Has.Length.EqualTo(21));
        Assert.That(Birth.NextEvents(state).Select(e => e.Name).Where(events.Contains).Order(), Is.EqualTo(events));
    }
}
