using ExchangeBus.Contracts.LinkedBirth;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>
/// Birth registration, then permanent residence and the child's health-insurance card side by side (Decree 63/2024).
/// Registration is the legal pivot: before it a refusal ends all, after it a refused branch ends alone.
/// </summary>
internal sealed class LinkedBirthProcess : MassTransitStateMachine<LinkedBirthState>
{
    public LinkedBirthProcess(LinkedBirthSteps steps)
    {
        InstanceState(x => x.CurrentState);
        CorrelateByDossier();

        Initially(
            When(Submitted)
                .Then(steps.Open)
                .Schedule(RegistrationDeadline, Deadlines.Registration, Deadlines.RegistrationDue)
                .ThenAsync(steps.RegisterBirth)
                .TransitionTo(Registering)
                .ThenAsync(steps.TellPortal));

        During(Registering,
            When(BirthRegistered)
                .Unschedule(RegistrationDeadline)
                .Then(steps.RecordRegistration)
                .If(LinkedBirthSteps.WantsResidence, then => then
                    .Schedule(ResidenceDeadline, Deadlines.Residence, Deadlines.ResidenceDue)
                    .ThenAsync(steps.RegisterResidence))
                .If(LinkedBirthSteps.WantsHealthCard, then => then
                    .Schedule(HealthCardDeadline, Deadlines.HealthCard, Deadlines.HealthCardDue)
                    .ThenAsync(steps.IssueHealthCard))
                .TransitionTo(Linking)
                .FinishWhenNothingWaits(this, steps),
            When(BirthRefused)
                .Unschedule(RegistrationDeadline)
                .Then(steps.RecordRegistrationRefusal)
                .TransitionTo(Refused)
                .ThenAsync(steps.TellPortal),
            When(RegistrationDeadline.Received)
                .Then(steps.MarkRegistrationLate)
                .ThenAsync(steps.TellPortal),
            Ignore(Submitted));

        During(Linking,
            When(ResidenceRegistered)
                .Unschedule(ResidenceDeadline)
                .Then(steps.RecordResidence)
                .FinishWhenNothingWaits(this, steps),
            When(ResidenceRefused)
                .Unschedule(ResidenceDeadline)
                .Then(steps.RecordResidenceRefusal)
                .FinishWhenNothingWaits(this, steps),
            When(HealthCardIssued)
                .Unschedule(HealthCardDeadline)
                .Then(steps.RecordHealthCard)
                .FinishWhenNothingWaits(this, steps),
            When(HealthCardRefused)
                .Unschedule(HealthCardDeadline)
                .Then(steps.RecordHealthCardRefusal)
                .FinishWhenNothingWaits(this, steps),
            When(ResidenceDeadline.Received)
                .Then(steps.MarkResidenceLate)
                .ThenAsync(steps.TellPortal),
            When(HealthCardDeadline.Received)
                .Then(steps.MarkHealthCardLate)
                .ThenAsync(steps.TellPortal),
            Ignore(Submitted),
            Ignore(BirthRegistered),
            Ignore(BirthRefused),
            Ignore(RegistrationDeadline.Received));

        // No branch waits before the pivot, and nothing is undone after the end: what comes then is a repeat.
        During(Registering,
            Ignore(ResidenceRegistered), Ignore(ResidenceRefused), Ignore(HealthCardIssued), Ignore(HealthCardRefused),
            Ignore(ResidenceDeadline.Received), Ignore(HealthCardDeadline.Received));
        During([Completed, CompletedPartly, Refused],
            Ignore(Submitted), Ignore(BirthRegistered), Ignore(BirthRefused),
            Ignore(ResidenceRegistered), Ignore(ResidenceRefused), Ignore(HealthCardIssued), Ignore(HealthCardRefused),
            Ignore(RegistrationDeadline.Received), Ignore(ResidenceDeadline.Received), Ignore(HealthCardDeadline.Received));
    }

    private void CorrelateByDossier()
    {
        Event(() => Submitted, x => x.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)));
        Event(() => BirthRegistered, x => { x.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)); x.OnMissingInstance(m => m.Discard()); });
        Event(() => BirthRefused, x => { x.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)); x.OnMissingInstance(m => m.Discard()); });
        Event(() => ResidenceRegistered, x => { x.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)); x.OnMissingInstance(m => m.Discard()); });
        Event(() => ResidenceRefused, x => { x.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)); x.OnMissingInstance(m => m.Discard()); });
        Event(() => HealthCardIssued, x => { x.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)); x.OnMissingInstance(m => m.Discard()); });
        Event(() => HealthCardRefused, x => { x.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)); x.OnMissingInstance(m => m.Discard()); });
        Schedule(() => RegistrationDeadline, x => x.RegistrationDeadline, x => x.Received = e => e.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)));
        Schedule(() => ResidenceDeadline, x => x.ResidenceDeadline, x => x.Received = e => e.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)));
        Schedule(() => HealthCardDeadline, x => x.HealthCardDeadline, x => x.Received = e => e.CorrelateById(m => DossierId.Of(m.Message.DossierNumber)));
    }

    public State Registering { get; private set; } = null!;

    public State Linking { get; private set; } = null!;

    public State Completed { get; private set; } = null!;

    public State CompletedPartly { get; private set; } = null!;

    public State Refused { get; private set; } = null!;

    public Event<LinkedBirthSubmitted> Submitted { get; private set; } = null!;

    public Event<BirthRegistered> BirthRegistered { get; private set; } = null!;

    public Event<BirthRegistrationRefused> BirthRefused { get; private set; } = null!;

    public Event<PermanentResidenceRegistered> ResidenceRegistered { get; private set; } = null!;

    public Event<PermanentResidenceRefused> ResidenceRefused { get; private set; } = null!;

    public Event<ChildHealthCardIssued> HealthCardIssued { get; private set; } = null!;

    public Event<ChildHealthCardRefused> HealthCardRefused { get; private set; } = null!;

    public Schedule<LinkedBirthState, RegistrationOverdue> RegistrationDeadline { get; private set; } = null!;

    public Schedule<LinkedBirthState, ResidenceOverdue> ResidenceDeadline { get; private set; } = null!;

    public Schedule<LinkedBirthState, HealthCardOverdue> HealthCardDeadline { get; private set; } = null!;
}
