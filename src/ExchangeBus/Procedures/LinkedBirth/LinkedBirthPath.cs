using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>The parts of sentences that <see cref="LinkedBirthProcess"/> repeats.</summary>
internal static class LinkedBirthPath
{
    /// <summary>Takes the next step before the pivot: those that neither the rules nor the dossier need are left out.</summary>
    internal static EventActivityBinder<LinkedBirthState, T> GoOn<T>(this EventActivityBinder<LinkedBirthState, T> when, LinkedBirthProcess process, LinkedBirthSteps steps)
        where T : class =>
        when.IfElse(x => LinkedBirthSteps.IsNext(x, StepNames.Intake),
                desk => desk.ThenAsync(steps.RequestIntake).TransitionTo(process.AtDesk),
                orElse => orElse.IfElse(x => LinkedBirthSteps.IsNext(x, StepNames.HouseholdConsent),
                    consent => consent.ThenAsync(steps.RequestConsent).TransitionTo(process.WaitingForConsent),
                    orElse => orElse.IfElse(x => LinkedBirthSteps.IsNext(x, StepNames.Verification),
                        verification => verification.ThenAsync(steps.VerifyCitizens).TransitionTo(process.Verifying),
                        registration => registration.ThenAsync(steps.RegisterBirth).TransitionTo(process.Registering))))
            .TellPortal(steps);

    /// <summary>The birth stands in the book: what the citizen has chosen begins side by side.</summary>
    internal static EventActivityBinder<LinkedBirthState, T> StartBranches<T>(this EventActivityBinder<LinkedBirthState, T> when, LinkedBirthSteps steps)
        where T : class =>
        when.If(x => LinkedBirthSteps.IsNext(x, StepNames.PermanentResidence), then => then.ThenAsync(steps.RegisterResidence))
            .If(x => LinkedBirthSteps.IsNext(x, StepNames.HealthCard), then => then.ThenAsync(steps.IssueHealthCard))
            .If(x => LinkedBirthSteps.IsNext(x, StepNames.IdentityCard), then => then
                .IfElse(LinkedBirthSteps.IdIsKnown, known => known.ThenAsync(steps.IssueIdentityCard), late => late.Then(steps.WaitForPersonalId)));
}
