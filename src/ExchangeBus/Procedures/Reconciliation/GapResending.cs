using System.Globalization;
using Dapper;
using ExchangeBus.Agencies;
using ExchangeBus.Delivery;
using ExchangeBus.Procedures.Desk;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Subscriptions;
using Npgsql;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>
/// Hands the command of a branch that waits to its agency once more, by the stuck desk and in its books, when that can do no harm: the agency had it and has never said
/// that it is done with it. Each gap is tried once a day; a few at a time, so that an agency that comes back is not overrun.
/// </summary>
internal sealed class GapResending(NpgsqlDataSource dataSource, DossierReader dossiers, Resending resending, DeliveryStatus deliveries, StuckDesk desk, TimeProvider time)
{
    private const int AtOnce = 8;
    private const string Reason = "Đối soát hằng ngày: lệnh chưa được xác nhận, quá hạn / Daily reconciliation: never acknowledged, and overdue";

    private static readonly Officer Bus = new(Subscription.BusAgency, "bus", new HashSet<OfficerRole> { OfficerRole.Operator, OfficerRole.Administrator });

    private const string Claim = """
        update reconciliation_gap set tried_on = @Day::date
        where id in (select id from reconciliation_gap where is_waiting and state <> 'closed' and (tried_on is null or tried_on < @Day::date)
                     order by since limit @AtOnce for update skip locked)
        returning id, dossier_number as dossiernumber, branch
        """;

    private const string NoteOutcome = """
        update reconciliation_gap set state = case when @Hindrance::text is null then 'resent' else 'open' end, hindrance = @Hindrance,
            resent_at = case when @Hindrance::text is null then @Now else resent_at end, resends = resends + case when @Hindrance::text is null then 1 else 0 end
        where id = @Id and state <> 'closed'
        """;

    internal async Task TryAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var claimed = (await connection.QueryAsync<Claimed>(new CommandDefinition(
            Claim, new { Day = day.ToString("O", CultureInfo.InvariantCulture), AtOnce }, cancellationToken: cancellationToken))).AsList();
        foreach (var gap in claimed)
        {
            var hindrance = await ResendAsync(gap, cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(NoteOutcome, new { gap.Id, Hindrance = hindrance, Now = time.GetUtcNow() }, cancellationToken: cancellationToken));
        }
    }

    /// <summary>Null when it was handed out again, else why not.</summary>
    private async Task<string?> ResendAsync(Claimed gap, CancellationToken cancellationToken)
    {
        if (await dossiers.FindAsync(gap.DossierNumber) is not { } dossier || !dossier.Steps.TryGetValue(gap.Branch, out var step) || step.Status != StepStatus.Waiting)
            return "dossier.moved";
        if (await HindranceAsync(dossier, gap.Branch, cancellationToken) is { } hindrance)
            return hindrance;
        var answer = await desk.RequestAsync(
            gap.DossierNumber, new DeskOrder { Action = DeskAction.Resend, Version = dossier.Version, Step = gap.Branch, Reason = Reason }, Bus, cancellationToken);
        return answer.Violations.Count > 0 ? answer.Violations[0].Code : null;
    }

    private async Task<string?> HindranceAsync(DossierState dossier, string step, CancellationToken cancellationToken)
    {
        var commands = await resending.CommandsAsync(dossier, step, cancellationToken);
        if (commands.Count == 0)
            return "command.none";
        foreach (var (command, _) in commands)
        {
            var states = (await deliveries.StatesAsync(command, resending.ReceiversOf(command), cancellationToken)).Select(s => s.State).ToArray();
            // The agency has it: that it does not answer is for people to ask.
            if (states.Contains("acknowledged"))
                return "command.acknowledged";
            // It comes by itself.
            if (states.Contains("waiting"))
                return "command.waiting";
        }

        return null;
    }

    private sealed record Claimed(Guid Id, string DossierNumber, string Branch);
}
