using Dapper;
using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Steps;

/// <summary>What an agency's clerk decides on a command.</summary>
/// <param name="Done">The result to answer with, or null.</param>
/// <param name="Refusal">Why not, or null.</param>
/// <param name="IsRepeated">The step was done before; this is its first result again.</param>
internal sealed record Decision<TDone>(TDone? Done, Refusal? Refusal = null, bool IsRepeated = false)
    where TDone : class;

/// <summary>A stable code and the reason in Vietnamese for the citizen to read.</summary>
internal sealed record Refusal(string Code, string Reason);

/// <summary>
/// The same around every step: take the time it takes, decide once, count, answer. All of it commits with the
/// client's memory that this command was handled, so a command that comes again changes nothing.
/// </summary>
internal abstract class StepHandler<TCommand, TDone>(Behaviour behaviour, TimeProvider time, ILogger logger) : ITypeHandler
    where TDone : class
{
    private const string InsertAttempt = """
        insert into step_attempt (command_id, dossier_number, outcome, handled_at) values (@Command, @Dossier, @Outcome, @At)
        """;

    public abstract string Type { get; }

    protected DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Today in Vietnam.</summary>
    protected DateOnly Today => VietnamDay.Of(Now);

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var command = context.Read<TCommand>();
        var dossier = DossierOf(command);
        await behaviour.TakeTimeAsync(cancellationToken);
        var decision = behaviour.Refuses(dossier) ? new Decision<TDone>(null, RuleRefusal) : await DecideAsync(command, context.Transaction, cancellationToken);
        if (decision.IsRepeated)
            logger.AskedAgain(context.Event.Id, dossier);

        var attempt = new { Command = context.Event.Id, Dossier = dossier, Outcome = NameOf(decision), At = Now };
        await context.Connection.ExecuteAsync(new CommandDefinition(InsertAttempt, attempt, context.Transaction, cancellationToken: cancellationToken));
        var named = behaviour.AnswersFor(dossier);
        if (decision.Done is { } done)
            await behaviour.SayAsync(context, dossier, [.. AnswerDone(context, command, done, named)], AnswerRefused(context, command, named, RuleRefusal), cancellationToken);
        else
            await behaviour.SayAsync(context, dossier, [AnswerRefused(context, command, named, decision.Refusal!)], contradiction: null, cancellationToken);
    }

    protected abstract string DossierOf(TCommand command);

    /// <summary>What it says when <see cref="BehaviourOptions"/> tells it to refuse.</summary>
    protected abstract Refusal RuleRefusal { get; }

    /// <summary>Does the step in the transaction, or finds what was done before.</summary>
    protected abstract Task<Decision<TDone>> DecideAsync(TCommand command, NpgsqlTransaction transaction, CancellationToken cancellationToken);

    /// <summary>The answers to what was done, in order; they name <paramref name="dossier"/>.</summary>
    protected abstract IEnumerable<CloudEvent> AnswerDone(EventContext context, TCommand command, TDone done, string dossier);

    protected abstract CloudEvent AnswerRefused(EventContext context, TCommand command, string dossier, Refusal refusal);

    private static string NameOf(Decision<TDone> decision) => decision switch
    {
        { IsRepeated: true } => "repeated",
        { Done: not null } => "done",
        _ => "refused",
    };
}
