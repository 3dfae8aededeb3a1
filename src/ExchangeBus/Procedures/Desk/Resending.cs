using Dapper;
using ExchangeBus.Delivery.Jobs;
using ExchangeBus.Log;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Npgsql;

namespace ExchangeBus.Procedures.Desk;

/// <summary>Hands the newest command of a step to its agency once more, as it stands in the log: a replay of that one event to the subscriptions that get it.</summary>
internal sealed class Resending(JobStore jobs, LogReader log, DeliveryRules rules, NpgsqlDataSource dataSource)
{
    private const int Rate = 50;

    // Several when several persons are asked about: those of one transaction have one time.
    private const string SelectCommands = """
        select sequence, id, recorded_at as recordedat from event_log
        where correlation_id = @Number and type = @Type and recipient = @Agency
          and recorded_at = (select max(recorded_at) from event_log where correlation_id = @Number and type = @Type and recipient = @Agency)
        order by sequence
        """;

    /// <summary>Id of the event that is handed out again; null when there is none, or nobody to hand it to.</summary>
    internal async Task<string?> StartAsync(DeskRequest request, DossierState dossier, CancellationToken cancellationToken)
    {
        string? first = null;
        foreach (var (command, id) in await CommandsAsync(dossier, request.Order.Step!, cancellationToken))
        {
            foreach (var subscription in ReceiversOf(command))
            {
                var order = new JobOrder(
                    Guid.CreateVersion7(), subscription.Name, JobKind.Replay, IsListed: false, Reasons: null, DeadBefore: null, NotBefore: null, command.Sequence, command.Sequence, Rate);
                if (await jobs.CreateAsync(order, [], total: 1, $"{request.Agency}/{request.Officer}", request.Order.Reason!, cancellationToken))
                    first ??= id;
            }
        }

        return first;
    }

    /// <summary>The newest commands of a step that its agency was asked by, as they stand in the log.</summary>
    internal async Task<IReadOnlyList<(LoggedEvent Command, string Id)>> CommandsAsync(DossierState dossier, string step, CancellationToken cancellationToken)
    {
        if (!dossier.Procedure.Map.Commands.TryGetValue(step, out var type))
            return [];
        await rules.RefreshAsync(cancellationToken);
        var commands = new List<(LoggedEvent, string)>();
        foreach (var (sequence, id, recordedAt) in await FindAsync(dossier.DossierNumber, type, dossier.Steps[step].Agency!, cancellationToken))
        {
            if (await log.FindAsync(sequence, recordedAt, cancellationToken) is { } command)
                commands.Add((command, id));
        }

        return commands;
    }

    /// <summary>Who is handed a command: by queue or webhook.</summary>
    internal IReadOnlyList<Subscription> ReceiversOf(LoggedEvent command) =>
        [.. rules.Current.Subscriptions.Values.Where(s => s.Subscription.Way is Way.Queue or Way.Webhook && s.Judge(command).Kind == RulingKind.Deliver).Select(s => s.Subscription)];

    private async Task<IReadOnlyList<(long Sequence, string Id, DateTimeOffset RecordedAt)>> FindAsync(string number, string type, string agency, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(long, string, DateTimeOffset)>(new CommandDefinition(
            SelectCommands, new { Number = number, Type = type, Agency = agency }, cancellationToken: cancellationToken))).AsList();
    }
}
