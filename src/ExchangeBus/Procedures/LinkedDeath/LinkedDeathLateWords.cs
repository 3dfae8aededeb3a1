using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>
/// Answers to what was asked before the death was revoked. Who says that it has done it will say that it is undone; who refused has nothing to undo.
/// What is done to a living person after all goes before a person.
/// </summary>
internal sealed partial class LinkedDeathSteps
{
    private const string PaidAfterRevocation = "funeralAllowance.paidAfterRevocation";

    internal void TakeLateDeletion(BehaviorContext<LinkedDeathState, PermanentResidenceDeleted> context) =>
        TakeLate(context, StepNames.ResidenceDeletion, StepNames.ResidenceRestoration, StepStatus.Done, context.Message.ResidenceNumber.Value);

    internal void TakeLateDeletionRefusal(BehaviorContext<LinkedDeathState, PermanentResidenceDeletionRefused> context) =>
        TakeLate(context, StepNames.ResidenceDeletion, StepNames.ResidenceRestoration, StepStatus.Refused, context.Message.ReasonCode);

    internal void TakeLateLock(BehaviorContext<LinkedDeathState, HealthCardLocked> context)
    {
        // Without our number it is about the person, who may really have died meanwhile.
        if (context.Message.DossierNumber is null)
            NoteRepeat(context);
        else
            TakeLate(context, StepNames.HealthCardLock, StepNames.HealthCardUnlock, StepStatus.Done, context.Message.CardNumber.Value ?? NoCard);
    }

    internal void TakeLateSurvivorBenefit(BehaviorContext<LinkedDeathState, SurvivorBenefitSettled> context)
    {
        var (status, outcome) = Read(context.Message);
        TakeLate(context, StepNames.SurvivorBenefit, StepNames.SurvivorBenefitStop, status, outcome);
    }

    internal void TakeLateFuneralDecision(BehaviorContext<LinkedDeathState, FuneralAllowanceDecided> context)
    {
        var (dossier, payer, answer) = (context.Saga, context.Message.Payer, FuneralAnswer.Of(context.Message));
        if (answer == dossier.FuneralAnswers.GetValueOrDefault(payer))
        {
            NoteRepeat(context);
            return;
        }

        Keep(dossier, payer, answer);
        if (payer == dossier.FuneralPayer)
            TakeLate(context, StepNames.FuneralAllowance, StopOf(payer), answer.IsGranted ? StepStatus.Done : StepStatus.Refused, answer.Code);
        else
            NoteContradiction(context);
        RaiseIfGrantedTwice(dossier);
    }

    /// <summary>Money that goes out while its stop is under way is told of with the stop; later nobody would ask for it back.</summary>
    internal void TakeLatePayment(BehaviorContext<LinkedDeathState, FuneralAllowancePaid> context)
    {
        var (dossier, payment) = (context.Saga, context.Message);
        var isSame = payment.Status == dossier.FuneralPayments.GetValueOrDefault(payment.Payer);
        dossier.FuneralPayments[payment.Payer] = payment.Status;
        if (isSame || (dossier.Steps.TryGetValue(StopOf(payment.Payer), out var stop) && stop.Runs))
        {
            NoteRepeat(context);
            return;
        }

        NoteContradiction(context);
        if (payment.Status == "paid")
            Work.Raise(dossier, PaidAfterRevocation, StepNames.FuneralAllowance);
    }

    private void TakeLate(BehaviorContext<LinkedDeathState> context, string step, string undoing, StepStatus status, string? outcome)
    {
        var dossier = context.Saga;
        // What an officer had left out before the revocation is undone by nobody.
        var isAwaited = dossier.Steps.TryGetValue(step, out var asked) && asked.Status == StepStatus.Dropped && dossier.Steps.TryGetValue(undoing, out var undone) && undone.Runs;
        if (!isAwaited)
        {
            CompareBranch(context, step, status, outcome);
            return;
        }

        DossierWork.End(dossier, step, status, outcome);
        if (status == StepStatus.Refused || outcome == NoCard)
            DossierWork.End(dossier, undoing, StepStatus.Dropped, outcome);
    }
}
