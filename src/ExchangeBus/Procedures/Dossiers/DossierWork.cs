using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.MassTransit.CloudEvents;
using ExchangeBus.Procedures.Clock;
using MassTransit;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>What every linked procedure does with its steps. Messages leave with the state that caused them, in one transaction.</summary>
internal sealed class DossierWork(LegalClock clock, IOptions<ProceduresOptions> options, TimeProvider time)
{
    /// <summary>The citizen, among the holders.</summary>
    internal const string Citizen = "citizen";

    internal DateTimeOffset Now => time.GetUtcNow();

    internal ProceduresOptions Options => options.Value;

    /// <summary>When the event that is being handled happened, by its sender; now when it does not say.</summary>
    internal DateTimeOffset TimeOf(ConsumeContext context) => context.TryGetCloudEvent(out var cause) && cause.Time is { } at ? at : Now;

    /// <summary>The rules under which the dossier began.</summary>
    internal ProcedureProfile RulesOf(DossierState dossier) => dossier.RulesIn(clock.ProfileAt(dossier.SubmittedAt));

    /// <summary>Turns to an agency, for the first time or again: the time that the law gives runs from the first.</summary>
    internal Step Ask(DossierState dossier, string step, string agency)
    {
        var before = dossier.Steps[step];
        var next = before with { Status = StepStatus.Waiting, Agency = agency, Asked = before.Asked + 1 };
        if (before.DueAt is null)
            next = WithLimit(RulesOf(dossier), next, step, dossier.Steps.Values.All(s => s.AskedAt is null) ? dossier.SubmittedAt : Now);
        return dossier.Steps[step] = next;
    }

    /// <summary>Gives the step another limit of the rules, from when it was asked: residence that must be verified on the spot.</summary>
    internal void ChangeLimit(DossierState dossier, string step, string limit)
    {
        var before = dossier.Steps[step];
        dossier.Steps[step] = WithLimit(RulesOf(dossier), before, limit, before.AskedAt ?? Now);
    }

    /// <summary>The clock of the step stands until <see cref="Resume"/>: the citizen has to supply something.</summary>
    internal void Pause(DossierState dossier, string step)
    {
        var rules = RulesOf(dossier);
        dossier.PausedStep = step;
        dossier.Steps[step] = dossier.Steps[step] with { Status = StepStatus.Paused, PausedAt = Now };
        dossier.Steps[StepNames.Supplement] = WithLimit(rules, new Step { Status = StepStatus.Waiting }, StepNames.Supplement, Now);
    }

    /// <summary>The clock of the paused step goes on with the working time that it had left.</summary>
    internal string Resume(DossierState dossier)
    {
        var (name, rules, now) = (dossier.PausedStep!, RulesOf(dossier), Now);
        var step = dossier.Steps[name];
        var dueAt = clock.Resume(rules, step.DueAt!.Value, step.PausedAt!.Value, now);
        dossier.Steps[name] = step with { Status = StepStatus.Waiting, DueAt = dueAt, WarnAt = clock.WarnAt(rules, step.AskedAt!.Value, dueAt), PausedAt = null };
        dossier.PausedStep = null;
        End(dossier, StepNames.Supplement, StepStatus.Done, outcome: null);
        return name;
    }

    private Step WithLimit(ProcedureProfile rules, Step step, string limit, DateTimeOffset from)
    {
        var dueAt = clock.DueAt(rules, limit, from);
        return step with { AskedAt = from, DueAt = dueAt, WarnAt = clock.WarnAt(rules, from, dueAt) };
    }

    internal static void End(DossierState dossier, string step, StepStatus status, string? outcome) =>
        dossier.Steps[step] = dossier.Steps[step] with { Status = status, Outcome = outcome, WarnAt = null };

    internal static void Block(DossierState dossier, string step) => dossier.Steps[step] = dossier.Steps[step] with { Status = StepStatus.Blocked };

    /// <summary>Puts a matter before the desk, once for each step and code.</summary>
    internal void Raise(DossierState dossier, string code, string? step)
    {
        if (!dossier.Matters.Exists(m => m.Code == code && m.Step == step))
            dossier.Matters.Add(new Matter(code, step, Now, dossier.Cause.EventId));
    }

    internal static void Settle(DossierState dossier, string step) => dossier.Matters.RemoveAll(m => m.Step == step);

    /// <summary>Notes the lateness of every step whose time is over, and says whether there was any news of warning or deadline.</summary>
    internal bool Look(DossierState dossier)
    {
        var now = Now;
        var isNews = false;
        foreach (var (name, step) in dossier.Steps.Where(s => s.Value.Runs).ToArray())
        {
            var isLate = step.IsLate || step.DueAt <= now;
            var warnAt = step.WarnAt <= now ? null : step.WarnAt;
            isNews |= isLate != step.IsLate || warnAt != step.WarnAt;
            dossier.Steps[name] = step with { IsLate = isLate, WarnAt = isLate ? null : warnAt };
        }

        return isNews;
    }

    /// <summary>After whatever has happened: who holds it, until when, and when to look again.</summary>
    internal static void Refresh(DossierState dossier)
    {
        var open = dossier.Steps.Values.Where(s => s.Runs).ToArray();
        dossier.Holders = string.Join(',', open.Select(s => s.Agency ?? Citizen).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        dossier.DueAt = open.Min(s => s.DueAt);
        dossier.LookAt = open.Where(s => !s.IsLate).Min(s => s.WarnAt < s.DueAt ? s.WarnAt : s.DueAt);
        dossier.IsLate = Array.Exists(open, s => s.IsLate);
    }

    internal Task TellPortalAsync<TState>(BehaviorContext<TState> context)
        where TState : DossierState => SendAsync(context, recipient: null, new DossierProgressed
        {
            DossierNumber = context.Saga.DossierNumber,
            State = context.Saga.CurrentState,
            Branches = new SortedDictionary<string, string>(context.Saga.Steps.ToDictionary(s => s.Key, s => NameOf(s.Value)), StringComparer.Ordinal),
            Holders = context.Saga.Holders.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(h => h != Citizen).ToArray(),
            DueAt = context.Saga.DueAt,
        });

    // No partitionkey: the bus then orders by the dossier, whatever key the portal or an agency chose for its own events.
    internal async Task SendAsync<TState, T>(BehaviorContext<TState> context, string? recipient, T message)
        where TState : DossierState
        where T : class
    {
        context.TryGetCloudEvent(out var cause);
        var attributes = new CloudEventAttributes
        {
            Subject = context.Saga.DossierNumber,
            Extensions = new Dictionary<string, string?>
            {
                [ExtensionAttributes.Recipient] = recipient,
                [ExtensionAttributes.CorrelationId] = context.Saga.DossierNumber,
                [ExtensionAttributes.CausationId] = cause?.Id,
                [ExtensionAttributes.Purpose] = RulesOf(context.Saga).ProcedureCode,
            },
        };
        await context.Publish(message, send => send.SetCloudEventAttributes(attributes), context.CancellationToken);
    }

    private static string NameOf(Step step) => step is { Status: StepStatus.Waiting, IsLate: true } ? "late" : step.Status switch
    {
        StepStatus.Chosen => "chosen",
        StepStatus.Waiting => "waiting",
        StepStatus.Paused => "supplement",
        StepStatus.Blocked => "blocked",
        StepStatus.Done => "done",
        StepStatus.Refused => "refused",
        _ => "dropped",
    };
}
