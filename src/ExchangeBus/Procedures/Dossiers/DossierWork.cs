using ExchangeBus.Checks.Rules;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.MassTransit.CloudEvents;
using ExchangeBus.Procedures.Clock;
using MassTransit;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>What every linked procedure does with its steps. Messages leave with the state that caused them, in one transaction.</summary>
internal sealed class DossierWork(LegalClock clock, RuleBook rules, IOptions<ProceduresOptions> options, TimeProvider time)
{
    /// <summary>The citizen, among the holders.</summary>
    internal const string Citizen = "citizen";

    internal DateTimeOffset Now => time.GetUtcNow();

    internal ProceduresOptions Options => options.Value;

    /// <summary>When the event that is being handled happened, by its sender; now when it does not say.</summary>
    internal DateTimeOffset TimeOf(ConsumeContext context) => context.TryGetCloudEvent(out var cause) && cause.Time is { } at ? at : Now;

    /// <summary>The rules under which the dossier began.</summary>
    internal LinkedProfile RulesOf(DossierState dossier) => dossier.RulesIn(clock.ProfileAt(dossier.SubmittedAt));

    /// <summary>The province in which a commune lay at a moment, 2 digits; null when it is not known.</summary>
    internal string? ProvinceOf(string commune, DateTimeOffset at)
    {
        var units = rules.Lists.Units.On(PartialDay.InVietnam(at));
        return units.Find(commune) is { } unit ? units.ProvinceOf(unit).Code : null;
    }

    /// <summary>Turns to an agency, for the first time or again: the time that the law gives runs from the first.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="step">Name of the step.</param>
    /// <param name="agency">Whom.</param>
    /// <param name="limit">Its limit in the rules. Default: that of the same name.</param>
    internal Step Ask(DossierState dossier, string step, string agency, string? limit = null)
    {
        var before = dossier.Steps[step];
        // The dossier's own time runs from when the citizen handed it in.
        var isFirst = dossier.Steps.Values.All(s => s.Clock is null);
        var account = before.Clock?.HandedOver(agency, Now) ?? Begin(dossier, limit ?? step, agency, isFirst ? dossier.SubmittedAt : Now);
        return dossier.Steps[step] = Read(before with { Status = StepStatus.Waiting, Agency = agency, Clock = account, Asked = before.Asked + 1 });
    }

    /// <summary>Gives the step another limit of the rules, from when it was asked: residence that must be verified on the spot.</summary>
    internal void ChangeLimit(DossierState dossier, string step, string limit)
    {
        var before = dossier.Steps[step];
        dossier.Steps[step] = Read(before with { Clock = before.Clock! with { Limit = RulesOf(dossier).LimitOf(limit).Time } });
    }

    /// <summary>An officer gives the step more time. What was late stays so in the account; the step itself is late only if the new date has passed too.</summary>
    internal void Extend(DossierState dossier, string step, TimeLimit by, string reason)
    {
        var before = dossier.Steps[step];
        var extended = Read(before with { IsLate = false, Clock = before.Clock!.Extended(by, reason, Now) });
        dossier.Steps[step] = extended.DueAt <= Now ? extended with { IsLate = true, WarnAt = null } : extended;
    }

    /// <summary>The clock of the step stands until <see cref="Resume"/>: the citizen has to supply something.</summary>
    internal void Pause(DossierState dossier, string step)
    {
        var before = dossier.Steps[step];
        dossier.PausedStep = step;
        dossier.Steps[step] = before with { Status = StepStatus.Paused, Clock = before.Clock!.Paused(Now) };
        dossier.Steps[StepNames.Supplement] = Read(new Step { Status = StepStatus.Waiting, Clock = Begin(dossier, StepNames.Supplement, Citizen, Now) });
    }

    /// <summary>The clock of the paused step goes on with the working time that it had left.</summary>
    internal void Resume(DossierState dossier)
    {
        var step = dossier.PausedStep!;
        var before = dossier.Steps[step];
        dossier.PausedStep = null;
        dossier.Steps[step] = Read(before with { Status = StepStatus.Waiting, Clock = before.Clock!.Resumed(Now) });
        End(dossier, StepNames.Supplement, StepStatus.Done, outcome: null);
    }

    /// <summary>The step has a result; its account ends when the bus took the event that brought it, and nobody has to settle anything of it any more.</summary>
    internal static void End(DossierState dossier, string step, StepStatus status, string? outcome)
    {
        var before = dossier.Steps[step];
        dossier.Steps[step] = before with { Status = status, Outcome = outcome, WarnAt = null, Clock = before.Clock?.Ended(dossier.Cause.At) };
        dossier.Matters.RemoveAll(m => m.Step == step);
    }

    private StepClock Begin(DossierState dossier, string limit, string holder, DateTimeOffset from)
    {
        var profile = clock.ProfileAt(dossier.SubmittedAt);
        return LegalClock.Start(profile, dossier.RulesIn(profile).LimitOf(limit), from, holder);
    }

    private Step Read(Step step)
    {
        var reading = clock.Read(step.Clock!, Now);
        return step with { DueAt = reading.ExpectedDueAt, WarnAt = step.IsLate ? null : reading.WarnAt };
    }

    internal static void Block(DossierState dossier, string step) => dossier.Steps[step] = dossier.Steps[step] with { Status = StepStatus.Blocked };

    /// <summary>Puts a matter before the desk, once for each step and code.</summary>
    internal void Raise(DossierState dossier, string code, string? step)
    {
        if (!dossier.Matters.Exists(m => m.Code == code && m.Step == step))
            dossier.Matters.Add(new Matter(code, step, Now, dossier.Cause.EventId));
    }

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
                [ExtensionAttributes.Purpose] = RulesOf(context.Saga).ProcedureFor(context.Saga.Chosen).Code,
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
