using Dapper;
using ExchangeBus.Subscriptions;
using Npgsql;

namespace ExchangeBus.Procedures.Desk.Bulk;

/// <summary>A job that this node has taken.</summary>
internal sealed record ClaimedBulk(Guid Id, BulkTerms Terms, string Agency, string Officer, string Reason, int Rate, Approval? Approval);

/// <summary>The next dossier of a job.</summary>
internal sealed record BulkTurn(int Position, string DossierNumber, int Version, Guid Request);

/// <summary>What nodes read and write while they run bulk jobs; a job belongs to one node as long as its lease holds.</summary>
internal sealed class BulkProgress(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string Claim = """
        update desk_job set leased_by = @Node, leased_until = @Until
        where id = (select id from desk_job where state = 'running' and (leased_until is null or leased_until < @Now) order by created_at limit 1 for update skip locked)
        returning id, terms::text as terms, agency, officer, reason, rate, approved_at as approvedat, approved_agency as approvedagency, approved_by as approvedby, approval_reason as approvalreason
        """;

    // Empty as soon as a person has paused or stopped it, or another node has it.
    private const string SelectNext = """
        with held as (
            update desk_job set leased_until = @Until where id = @Id and state = 'running' and leased_by = @Node returning id
        )
        select i.position, i.dossier_number as dossiernumber, i.version, i.request from held join desk_job_item i on i.job = held.id
        where i.outcome is null order by i.position limit @Limit
        """;

    private const string WriteOutcome = "update desk_job_item set outcome = @Outcome, done_at = @Now where job = @Id and position = @Position";

    private const string Complete = """
        update desk_job set state = 'completed', ended_at = @Now where id = @Id and state = 'running' and not exists (select 1 from desk_job_item where job = @Id and outcome is null)
        """;

    private const string Release = "update desk_job set leased_by = null, leased_until = null where id = @Id and leased_by = @Node";

    internal async Task<ClaimedBulk?> ClaimAsync(string node, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Claim, new { Node = node, Now = now, Until = now + lease }, cancellationToken: cancellationToken)))?.Read();
    }

    internal async Task<IReadOnlyList<BulkTurn>> NextAsync(string node, Guid id, int limit, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<BulkTurn>(new CommandDefinition(
            SelectNext, new { Node = node, Id = id, Limit = limit, Until = time.GetUtcNow() + lease }, cancellationToken: cancellationToken))).AsList();
    }

    internal async Task WriteAsync(Guid id, int position, string outcome, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(WriteOutcome, new { Id = id, Position = position, Outcome = outcome, Now = time.GetUtcNow() }, cancellationToken: cancellationToken));
    }

    /// <summary>Ends a job that has come to all its dossiers, and lets go of it.</summary>
    internal async Task LeaveAsync(string node, Guid id)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(Complete, new { Id = id, Now = time.GetUtcNow() });
        await connection.ExecuteAsync(Release, new { Id = id, Node = node });
    }

    private sealed record Row(
        Guid Id, string Terms, string Agency, string Officer, string Reason, int Rate, DateTimeOffset? ApprovedAt, string? ApprovedAgency, string? ApprovedBy, string? ApprovalReason)
    {
        internal ClaimedBulk Read() => new(
            Id, SubscriptionsJson.Read<BulkTerms>(Terms), Agency, Officer, Reason, Rate,
            ApprovedAt is { } at ? new Approval(ApprovedAgency!, ApprovedBy!, ApprovalReason!, at) : null);
    }
}
