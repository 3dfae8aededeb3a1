using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>How a dossier ends after the pivot.</summary>
internal static class LinkedBirthEndings
{
    /// <summary>Ends the dossier when no branch waits any more, completely or partly; tells the portal in any case.</summary>
    internal static EventActivityBinder<LinkedBirthState, T> FinishWhenNothingWaits<T>(
        this EventActivityBinder<LinkedBirthState, T> when, LinkedBirthProcess process, LinkedBirthSteps steps)
        where T : class =>
        when.If(LinkedBirthSteps.NothingWaits, end => end
                .IfElse(LinkedBirthSteps.EverythingChosenIsDone,
                    all => all.TransitionTo(process.Completed),
                    partly => partly.TransitionTo(process.CompletedPartly)))
            .ThenAsync(steps.TellPortal);
}
