using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using MassTransit;

namespace ExchangeBus.Benchmarks.Contenders.Dossiers;

/// <summary>What bare MassTransit remembers of a dossier: as little as its commands need.</summary>
public sealed class Dossier : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = null!;

    public LinkedBirthSubmitted Submission { get; set; } = null!;

    public BirthRegistered? Registered { get; set; }

    public int Unverified { get; set; }

    public Dictionary<string, string> Branches { get; } = [];
}

/// <summary>Whether intake, consent, verification and the identity card are steps too.</summary>
public sealed record DossierSteps(bool Every);

/// <summary>The linked birth without anything but its steps: the same commands, answers and words to the portal; no law, no deadlines, no repeats, no history.</summary>
public sealed class DossierMachine : MassTransitStateMachine<Dossier>
{
    private const string Waiting = "waiting", Done = "done";

    public DossierMachine(DossierSteps steps)
    {
        InstanceState(x => x.CurrentState);
        Event(() => Submitted, x => x.CorrelateById(m => IdOf(m.Message.DossierNumber)));
        Event(() => IntakeAccepted, x => x.CorrelateById(m => IdOf(m.Message.DossierNumber)));
        Event(() => ConsentAnswered, x => x.CorrelateById(m => IdOf(m.Message.DossierNumber)));
        Event(() => CitizenVerified, x => x.CorrelateById(m => IdOf(m.Message.DossierNumber)));
        Event(() => BirthRegistered, x => x.CorrelateById(m => IdOf(m.Message.DossierNumber)));
        Event(() => ResidenceRegistered, x => x.CorrelateById(m => IdOf(m.Message.DossierNumber)));
        Event(() => HealthCardIssued, x => x.CorrelateById(m => IdOf(m.Message.DossierNumber)));
        Event(() => IdentityCardIssued, x => x.CorrelateById(m => IdOf(m.Message.DossierNumber)));

        Initially(When(Submitted).Then(x => x.Saga.Submission = x.Message).IfElse(_ => steps.Every,
            every => every.Publish(x => DossierCommands.RequestIntake(x.Saga)).TransitionTo(AtDesk),
            few => few.Publish(x => DossierCommands.RegisterBirth(x.Saga)).TransitionTo(Registering)).Publish(Progress));
        During(AtDesk, When(IntakeAccepted).Publish(x => DossierCommands.RequestConsent(x.Saga)).TransitionTo(WaitingForConsent).Publish(Progress));
        During(WaitingForConsent, When(ConsentAnswered).Then(x => x.Saga.Unverified = 2)
            .Publish(x => DossierCommands.Verify(x.Saga, "mother")).Publish(x => DossierCommands.Verify(x.Saga, "applicant")).TransitionTo(Verifying).Publish(Progress));
        During(Verifying, When(CitizenVerified).If(x => --x.Saga.Unverified == 0,
            all => all.Publish(x => DossierCommands.RegisterBirth(x.Saga)).TransitionTo(Registering).Publish(Progress)));
        During(Registering, When(BirthRegistered).Then(x => Begin(x.Saga, x.Message, steps))
            .Publish(x => DossierCommands.RegisterResidence(x.Saga)).Publish(x => DossierCommands.IssueHealthCard(x.Saga))
            .If(_ => steps.Every, every => every.Publish(x => DossierCommands.IssueIdentityCard(x.Saga)))
            .TransitionTo(Linking).Publish(Progress));
        During(Linking,
            End(When(ResidenceRegistered), "permanentResidence"), End(When(HealthCardIssued), "healthCard"), End(When(IdentityCardIssued), "identityCard"));
    }

    public State AtDesk { get; private set; } = null!;

    public State WaitingForConsent { get; private set; } = null!;

    public State Verifying { get; private set; } = null!;

    public State Registering { get; private set; } = null!;

    public State Linking { get; private set; } = null!;

    public State Completed { get; private set; } = null!;

    public Event<LinkedBirthSubmitted> Submitted { get; private set; } = null!;

    public Event<IntakeAccepted> IntakeAccepted { get; private set; } = null!;

    public Event<HouseholdConsentAnswered> ConsentAnswered { get; private set; } = null!;

    public Event<CitizenVerified> CitizenVerified { get; private set; } = null!;

    public Event<BirthRegistered> BirthRegistered { get; private set; } = null!;

    public Event<PermanentResidenceRegistered> ResidenceRegistered { get; private set; } = null!;

    public Event<ChildHealthCardIssued> HealthCardIssued { get; private set; } = null!;

    public Event<ChildIdCardIssued> IdentityCardIssued { get; private set; } = null!;

    private static Guid IdOf(string dossierNumber) => new($"00000000-0000-0000-0000-00{Submission.DigitsOf(dossierNumber)}");

    private static void Begin(Dossier dossier, BirthRegistered registered, DossierSteps steps)
    {
        dossier.Registered = registered;
        (dossier.Branches["permanentResidence"], dossier.Branches["healthCard"]) = (Waiting, Waiting);
        if (steps.Every)
            dossier.Branches["identityCard"] = Waiting;
    }

    private EventActivityBinder<Dossier, T> End<T>(EventActivityBinder<Dossier, T> when, string branch)
        where T : class =>
        when.Then(x => x.Saga.Branches[branch] = Done)
            .If(x => x.Saga.Branches.Values.All(b => b == Done), all => all.TransitionTo(Completed))
            .Publish(Progress);

    private static DossierProgressed Progress<T>(BehaviorContext<Dossier, T> x)
        where T : class => new()
        {
            DossierNumber = x.Saga.Submission.DossierNumber,
            State = x.Saga.CurrentState,
            Branches = new Dictionary<string, string>(x.Saga.Branches),
            Holders = [],
            DueAt = DossierCommands.DueAt,
        };
}
