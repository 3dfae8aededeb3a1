using Dapper;
using ExchangeBus.SampleAgencies.Behaviours;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Steps;

/// <summary>A step whose first result is remembered beside the agency's own tables, so that a command that asks again gets the same answer and changes nothing.</summary>
internal abstract class RememberedStepHandler<TCommand, TDone>(Behaviour behaviour, TimeProvider time, ILogger logger) : StepHandler<TCommand, TDone>(behaviour, time, logger)
    where TDone : class
{
    private const string Select = "select answer from step_result where command_type = @Type and step = @Step";
    private const string Insert = "insert into step_result (command_type, step, answer) values (@Type, @Step, @Answer::jsonb)";

    protected sealed override async Task<Decision<TDone>> DecideAsync(TCommand command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var step = StepOf(command);
        var kept = await transaction.Connection!.ExecuteScalarAsync<string?>(new CommandDefinition(Select, new { Type, Step = step }, transaction, cancellationToken: cancellationToken));
        if (kept is not null)
            return new(Answer.Read<TDone>(kept), IsRepeated: true);
        var decision = await DecideOnceAsync(command, transaction, cancellationToken);
        if (decision.Done is { } done)
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(Insert, new { Type, Step = step, Answer = Answer.Write(done) }, transaction, cancellationToken: cancellationToken));
        return decision;
    }

    /// <summary>What makes the step the same again. Default: the dossier, which has each step once.</summary>
    protected virtual string StepOf(TCommand command) => DossierOf(command);

    /// <summary>Does the step in the transaction. A refusal is not remembered: the citizen may come again with better papers.</summary>
    protected abstract Task<Decision<TDone>> DecideOnceAsync(TCommand command, NpgsqlTransaction transaction, CancellationToken cancellationToken);
}
