using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>
/// The funeral allowance: from social insurance or from social protection, never from both. The payer that the citizen names decides; when social insurance says
/// that the deceased was none of its insured, social protection decides. Nobody is asked while another one decides, or after one has granted.
/// </summary>
internal sealed partial class LinkedDeathSteps
{
    private const string GrantedTwice = "funeralAllowance.grantedTwice";
    private const string PaymentFailed = "funeralAllowance.paymentFailed";

    internal Task DecideFuneralAllowance(BehaviorContext<LinkedDeathState> context)
    {
        var (dossier, registered, claim) = (context.Saga, context.Saga.Registered!, context.Saga.Submission!.FuneralAllowance!);
        var payer = dossier.FuneralPayer!;
        // An officer asks again, or has the branch begin again, after somebody else has granted: there is nothing left to decide.
        if (dossier.FuneralAnswers.Values.FirstOrDefault(a => a.IsGranted) is { } granted)
        {
            DossierWork.End(dossier, StepNames.FuneralAllowance, StepStatus.Done, granted.Code);
            RaiseIfGrantedTwice(dossier);
            return Task.CompletedTask;
        }

        // Asked anew, it answers anew.
        dossier.FuneralAnswers.Remove(payer);
        var step = Work.Ask(dossier, StepNames.FuneralAllowance, AgencyOf(payer));
        return Work.SendAsync(context, AgencyOf(payer), new DecideFuneralAllowance
        {
            DossierNumber = dossier.DossierNumber,
            Payer = payer,
            Deceased = registered.Deceased,
            DeathDate = registered.Death.Date,
            DeathRegistration = ReferenceTo(registered),
            Recipient = claim.Recipient,
            Relation = claim.Relation,
            BankAccount = claim.BankAccount,
            Attachments = dossier.Submission!.Attachments,
            DueAt = step.DueAt!.Value,
        });
    }

    internal void RecordFuneralDecision(BehaviorContext<LinkedDeathState, FuneralAllowanceDecided> context)
    {
        var (dossier, payer, answer) = (context.Saga, context.Message.Payer, FuneralAnswer.Of(context.Message));
        var isAnswered = dossier.FuneralAnswers.TryGetValue(payer, out var before);
        if (answer == before)
        {
            NoteRepeat(context);
            return;
        }

        Keep(dossier, payer, answer);
        if (!isAnswered && payer == dossier.FuneralPayer && dossier.Steps.TryGetValue(StepNames.FuneralAllowance, out var step) && step.Runs)
            TakeDecision(dossier, answer);
        else
            NoteContradiction(context);
        RaiseIfGrantedTwice(dossier);
    }

    internal void RecordPayment(BehaviorContext<LinkedDeathState, FuneralAllowancePaid> context)
    {
        var (dossier, payment) = (context.Saga, context.Message);
        var before = dossier.FuneralPayments.GetValueOrDefault(payment.Payer);
        if (payment.Status == before)
        {
            NoteRepeat(context);
        }
        else if (before == "paid" || dossier.FuneralAnswers.GetValueOrDefault(payment.Payer) is not { IsGranted: true })
        {
            NoteContradiction(context);
        }
        else
        {
            dossier.FuneralPayments[payment.Payer] = payment.Status;
            dossier.Matters.RemoveAll(m => m.Code == PaymentFailed);
            if (payment.Status == "failed")
                Work.Raise(dossier, PaymentFailed, StepNames.FuneralAllowance);
        }
    }

    private void TakeDecision(LinkedDeathState dossier, FuneralAnswer answer)
    {
        var granted = dossier.FuneralAnswers.Values.FirstOrDefault(a => a.IsGranted);
        if (granted is not null)
        {
            DossierWork.End(dossier, StepNames.FuneralAllowance, StepStatus.Done, granted.Code);
        }
        else if (Work.RulesOf(dossier).FuneralPayers?.After(dossier.FuneralPayer!, answer.Code) is { } next)
        {
            dossier.FuneralPayer = next;
            dossier.Steps[StepNames.FuneralAllowance] = dossier.Steps[StepNames.FuneralAllowance] with { Status = StepStatus.Chosen };
        }
        else
        {
            DossierWork.End(dossier, StepNames.FuneralAllowance, StepStatus.Refused, answer.Code);
        }
    }

    // What was granted once stays known: a revocation has to stop it.
    private static void Keep(LinkedDeathState dossier, string payer, FuneralAnswer answer)
    {
        if (dossier.FuneralAnswers.GetValueOrDefault(payer) is not { IsGranted: true })
            dossier.FuneralAnswers[payer] = answer;
    }

    private void RaiseIfGrantedTwice(LinkedDeathState dossier)
    {
        if (dossier.FuneralAnswers.Values.Count(a => a.IsGranted) > 1)
            Work.Raise(dossier, GrantedTwice, StepNames.FuneralAllowance);
    }

    private string AgencyOf(string payer) => payer == FuneralPayers.SocialInsurance ? Work.Options.SocialInsuranceAgency : Work.Options.SocialProtectionAgency;
}
