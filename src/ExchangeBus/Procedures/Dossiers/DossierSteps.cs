using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Procedures.Clock;
using MassTransit;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>What the sentences of every linked procedure do: at the desk, with supplements, deadlines and the portal.</summary>
internal abstract partial class DossierSteps<TState>(DossierWork work, UnknownDossiers unknown)
    where TState : DossierState
{
    protected DossierWork Work => work;

    /// <summary>Opens the dossier with the steps that it needs under the rules of its day.</summary>
    /// <param name="context">The submission.</param>
    /// <param name="dossierNumber">Number at the portal.</param>
    /// <param name="commune">Commune that registers, 5 digits.</param>
    /// <param name="beforePivot">Steps to the registration that this dossier needs, as far as the rules know them.</param>
    protected void Open(BehaviorContext<TState> context, string dossierNumber, string commune, IEnumerable<string> beforePivot)
    {
        var dossier = context.Saga;
        dossier.DossierNumber = dossierNumber;
        dossier.Commune = commune;
        dossier.SubmittedAt = work.TimeOf(context);
        dossier.Province = work.ProvinceOf(commune, dossier.SubmittedAt);
        var rules = work.RulesOf(dossier);
        foreach (var step in beforePivot.Where(s => rules.Limits.ContainsKey(s) && !work.Options.OutsideSteps.Contains(s)))
            dossier.Steps[step] = new Step { Status = StepStatus.Chosen };
        foreach (var branch in dossier.Chosen.Concat(rules.AlwaysBranches).Where(rules.Has))
            dossier.Steps[branch] = new Step { Status = StepStatus.Chosen };
    }

    /// <summary>The step is the dossier's next: it belongs to it, and its turn has not been yet.</summary>
    internal static bool IsNext(BehaviorContext<TState> context, string step) =>
        context.Saga.Steps.TryGetValue(step, out var chosen) && chosen.Status == StepStatus.Chosen;

    internal Task RequestIntake(BehaviorContext<TState> context)
    {
        var dossier = context.Saga;
        var step = work.Ask(dossier, StepNames.Intake, work.Options.OneStopAgency);
        return work.SendAsync(context, work.Options.OneStopAgency, new RequestIntake
        {
            DossierNumber = dossier.DossierNumber,
            Commune = dossier.Commune,
            Kind = dossier.Kind,
            ProcedureCode = work.RulesOf(dossier).ProcedureFor(dossier.Chosen).Code,
            SubmittedAt = dossier.SubmittedAt,
            Applicant = dossier.Applicant,
            Contact = dossier.Contact,
            Attachments = dossier.Attachments,
            DueAt = step.DueAt!.Value,
        });
    }

    internal static void RecordIntake(BehaviorContext<TState, IntakeAccepted> context)
    {
        DossierWork.End(context.Saga, StepNames.Intake, StepStatus.Done, context.Message.ProvinceNumber);
        DossierNumbers.Link(context, context.Saga.DossierNumber, NumberingWorlds.Province, context.Message.ProvinceNumber);
    }

    internal static void RecordIntakeRefusal(BehaviorContext<TState, IntakeRefused> context) => Refuse(context.Saga, StepNames.Intake, context.Message.ReasonCode);

    internal static void RecordRegistrationRefusal<T>(BehaviorContext<TState, T> context)
        where T : class, IRefusal => Refuse(context.Saga, StepNames.Registration, context.Message.ReasonCode);

    internal void PauseIntake(BehaviorContext<TState> context) => work.Pause(context.Saga, StepNames.Intake);

    internal void PauseRegistration(BehaviorContext<TState> context) => work.Pause(context.Saga, StepNames.Registration);

    internal void Resume(BehaviorContext<TState> context) => work.Resume(context.Saga);

    internal static bool IsForIntake(BehaviorContext<TState> context) => context.Saga.PausedStep == StepNames.Intake;

    internal static bool IsForRegistration(BehaviorContext<TState> context) => context.Saga.PausedStep == StepNames.Registration;

    internal static void DropWhatIsOpen(BehaviorContext<TState> context) => Drop(context.Saga);

    /// <summary>Notes what is late or nearly so; when nothing is any more, the event has been overtaken.</summary>
    internal void Look(BehaviorContext<TState, DeadlineReached> context)
    {
        if (!work.Look(context.Saga))
            NoteRepeat(context);
    }

    internal static bool IsNews(BehaviorContext<TState> context) => context.Saga.Cause.Note is null;

    internal Task TellPortal(BehaviorContext<TState> context)
    {
        DossierWork.Refresh(context.Saga);
        return work.TellPortalAsync(context);
    }

    internal static void NoteRepeat(BehaviorContext<TState> context) => context.Saga.Cause = context.Saga.Cause with { Note = Notes.Repeated };

    internal void NoteContradiction(BehaviorContext<TState> context)
    {
        context.Saga.Cause = context.Saga.Cause with { Note = Notes.Contradicts };
        work.Raise(context.Saga, "contradiction", step: null);
    }

    /// <summary>The book is what holds (Law 60/2014, article 60); that it names somebody else than the citizen did, a person has to see.</summary>
    protected void RaiseIfAnother(TState dossier, PersonName? submitted, PersonName? registered, bool isSameDay)
    {
        // Of an unknown dead person there is no name to compare.
        if (submitted is null || registered is null)
            return;
        if (!isSameDay || !IsSame(submitted.Family, registered.Family) || !IsSame(submitted.Middle, registered.Middle) || !IsSame(submitted.Given, registered.Given))
            work.Raise(dossier, "registration.differs", step: null);

        static bool IsSame(string? a, string? b) => string.Equals(a?.Trim(), b?.Trim(), StringComparison.OrdinalIgnoreCase);
    }

    internal void NoteUnknown(ConsumeContext context, string dossierNumber) => unknown.Note(context, dossierNumber);

    private static void Refuse(TState dossier, string step, string reason)
    {
        DossierWork.End(dossier, step, StepStatus.Refused, reason);
        Drop(dossier);
    }

    private static void Drop(TState dossier)
    {
        dossier.PausedStep = null;
        foreach (var (name, step) in dossier.Steps.Where(s => s.Value.Runs || s.Value.Status is StepStatus.Chosen or StepStatus.Paused).ToArray())
            DossierWork.End(dossier, name, StepStatus.Dropped, step.Outcome);
    }
}
