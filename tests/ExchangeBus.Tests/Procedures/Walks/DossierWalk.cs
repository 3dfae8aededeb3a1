using System.Text;
using CsCheck;
using ExchangeBus.Checks;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Procedures;
using ExchangeBus.Procedures.Desk;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Tests.Procedures.Clock;
using ExchangeBus.Tests.Schemas;
using MassTransit;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Tests.Procedures.Walks;

/// <summary>Drives one dossier through a course: the machine itself, its own clock, and nothing of a server.</summary>
internal abstract class DossierWalk<TState>
    where TState : DossierState, new()
{
    protected const string Number = "G22.99.08-260211-000001";

    private static readonly RuleBook Rules =
        new(new ContractFiles(SchemaFolder.Root), Options.Create(new ChecksOptions { SchemasFolder = SchemaFolder.Root }));

    private readonly StringBuilder _told = new();
    private readonly WallClock _time = new();
    private readonly Dictionary<string, Action<int>> _events = [];
    private readonly List<object> _published = [];
    private DossierProcess<TState>? _process;

    protected DossierWalk() => Work = new DossierWork(Law.Clock, Rules, Options.Create(new ProceduresOptions()), _time);

    protected DossierWork Work { get; }

    internal TState Dossier { get; private set; } = new();

    /// <summary>How often each state was reached, and how often each event came, in all courses of all threads.</summary>
    internal Dictionary<string, int> Seen { get; } = [];

    protected DateTimeOffset Now => _time.GetUtcNow();

    protected DateTimeOffset Today => Now.ToOffset(TimeSpan.FromHours(7));

    /// <summary>Goes through a course and holds the law against the dossier after each step.</summary>
    internal void Go(Course course)
    {
        // CsCheck goes on to shorter courses after a failure: only the shortest is told.
        using var isolated = new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext();
        Dossier = new TState { CorrelationId = Guid.NewGuid() };
        _told.Clear();
        _time.Now = course.SubmittedAt.ToUniversalTime();
        var law = NewLaw();
        try
        {
            Observe(law, "Submitted", () => Submit(course.Example));
            foreach (var move in course.Moves)
            {
                _time.Now = _time.Now.AddMinutes(move.Minutes);
                if (move.IsSwept && Dossier.LookAt <= Now)
                    Observe(law, nameof(DeadlineReached), () => Say(nameof(DeadlineReached), 0));
                var name = NameOf(move);
                Observe(law, name, () => Say(name, move.Variant));
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}\nThe course of the dossier, submitted at {course.SubmittedAt:yyyy-MM-dd HH:mm}:\n{_told}", e);
        }
    }

    protected abstract LawOfDossiers NewLaw();

    protected abstract void Submit(int example);

    protected void Use(DossierProcess<TState> process)
    {
        _process = process;
        On(nameof(process.IntakeAccepted), _ => Raise(process.IntakeAccepted, Example<IntakeAccepted>("onestop/intakeaccepted") with { DossierNumber = Number }));
        On(nameof(process.IntakeRefused), _ => Raise(process.IntakeRefused, new IntakeRefused(Number, "papers", "Thiếu giấy tờ")));
        On(nameof(process.SupplementRequested), _ => Raise(process.SupplementRequested, Example<SupplementRequested>("onestop/supplementrequested") with { DossierNumber = Number }));
        On(nameof(process.SupplementSubmitted), _ => Raise(process.SupplementSubmitted, new SupplementSubmitted { DossierNumber = Number, SubmittedAt = Now }));
        On(nameof(process.DossierWithdrawn), _ => Raise(process.DossierWithdrawn, new DossierWithdrawn { DossierNumber = Number, WithdrawnAt = Now }));
        On(nameof(process.DeadlineReached), _ => Raise(process.DeadlineReached, new DeadlineReached { DossierNumber = Number, At = Now }));
        foreach (var action in Enum.GetValues<DeskAction>().Where(a => a is DeskAction.Reask or DeskAction.Extend or DeskAction.Skip or DeskAction.Reenter or DeskAction.TakeOver or DeskAction.Settle))
            On("Desk" + action, variant => Raise(process.DeskActionDecided, Decide(action, variant)));
    }

    protected void On(string name, Action<int> say) => _events[name] = say;

    protected void Raise<T>(Event<T> what, T message)
        where T : class
    {
        var delivery = new DeliveryToDossier<TState, T>(Delivery.Of(message, _published), Dossier);
        var context = new MassTransitStateMachine<TState>.BehaviorContextProxy<T>(_process!, delivery, delivery, what);
        ((StateMachine<TState>)_process!).RaiseEvent(context).GetAwaiter().GetResult();
        Dossier.Version++;
    }

    /// <summary>The first published example of a type, as a starting point.</summary>
    protected static T Example<T>(string folder, int which = 0)
    {
        var files = SchemaFolder.Examples(folder, "valid").ToArray();
        return EventData.Read<T>(File.ReadAllBytes(files[which % files.Length]));
    }

    private DeskActionDecided Decide(DeskAction action, int variant)
    {
        var steps = Dossier.Steps.Keys.Order(StringComparer.Ordinal).ToArray();
        var step = steps[variant % steps.Length];
        var matter = action == DeskAction.Settle && Dossier.Matters.Count > 0 ? Dossier.Matters[variant % Dossier.Matters.Count] : null;
        var isInDays = Dossier.Steps[step].Clock?.Limit.WorkingDays is not null;
        return new DeskActionDecided
        {
            DossierNumber = Number,
            Procedure = Dossier.Procedure.Name,
            RequestId = Guid.NewGuid(),
            Action = action.ToString().ToLowerInvariant(),
            // An officer whose screen is old decides nothing.
            Version = Dossier.Version - (variant % 7 == 0 ? 1 : 0),
            Step = action == DeskAction.Settle ? matter?.Step : action == DeskAction.TakeOver ? null : step,
            Matter = matter?.Code,
            WorkingDays = action == DeskAction.Extend && isInDays ? 1 + (variant % 9) : null,
            Hours = action == DeskAction.Extend && !isInDays ? 1 + (variant % 99) : null,
            Agency = "H26.15",
            Officer = "cb-0117",
            Reason = "Theo đề nghị",
        };
    }

    private string NameOf(Move move)
    {
        var names = _events.Keys.Order(StringComparer.Ordinal).ToArray();
        var open = Dossier.Steps.Where(s => s.Value.Runs).Select(s => s.Key).Order(StringComparer.Ordinal).ToArray();
        if (!move.IsAnswer || open.Length == 0)
            return names[move.Which % names.Length];
        var answers = AnswersOf(open[move.Which % open.Length]);
        return answers[move.Variant % answers.Count];
    }

    /// <summary>Names of the events that answer a step; one more often than another where courses shall go on.</summary>
    protected abstract IReadOnlyList<string> AnswersOf(string step);

    private void Say(string name, int variant) => _events[name](variant);

    private void Observe(LawOfDossiers law, string name, Action act)
    {
        var before = Glimpse.Of(Dossier);
        _published.Clear();
        _told.AppendLine($"  {Today:MM-dd HH:mm} {name} in {before.State}");
        act();
        var after = Glimpse.Of(Dossier);
        _told.AppendLine($"      {after}");
        lock (Seen)
            Seen[after.State] = Seen.GetValueOrDefault(after.State) + 1;
        law.Judge(new Happened(name, Now, before, after, Dossier, [.. _published]));
    }

    private sealed class WallClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
