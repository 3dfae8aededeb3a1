using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.DeadLetters;

/// <summary>Dead letters as the subscription's agency sees them: what they are about and why they are there, never the body.</summary>
internal sealed class DeadLetterPages(NpgsqlDataSource dataSource)
{
    private const string SelectPage = """
        select d.sequence, d.type, e.source, e.id, e.subject, d.dead_at as deadat, d.reason, d.deliveries as attempts, d.redriven_at as redrivenat, d.redriven_by as redrivenby,
               d.discarded_at as discardedat, x.discarded_by as discardedby, x.reason as discardreason
        from dead_letter d
        left join event_log e on e.sequence = d.sequence and e.recorded_at = d.recorded_at
        left join dead_letter_discard x on x.subscription = d.subscription and x.sequence = d.sequence and x.discarded_at = d.discarded_at
        where d.subscription = @Subscription and d.sequence > @After and d.redriven_at is null and (d.discarded_at is not null) = @IsDiscarded
        order by d.sequence limit @Limit
        """;

    private const string SelectOne = """
        select d.sequence, d.type, e.source, e.id, e.subject, d.dead_at as deadat, d.reason, d.deliveries as attempts, d.redriven_at as redrivenat, d.redriven_by as redrivenby,
               d.discarded_at as discardedat, x.discarded_by as discardedby, x.reason as discardreason
        from dead_letter d
        left join event_log e on e.sequence = d.sequence and e.recorded_at = d.recorded_at
        left join dead_letter_discard x on x.subscription = d.subscription and x.sequence = d.sequence and x.discarded_at = d.discarded_at
        where d.subscription = @Subscription and d.sequence = @Sequence
        """;

    private const string SelectAttempts = """
        select attempted_at as attemptedat, result, deliveries from delivery_attempt
        where subscription = @Subscription and sequence = @Sequence order by attempted_at, message
        """;

    /// <summary>Those that were not handed out again, in log order: either those that still wait for somebody, or those that were discarded.</summary>
    internal async Task<IReadOnlyList<DeadLetterView>> PageAsync(string subscription, bool isDiscarded, long after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DeadLetterView>(new CommandDefinition(
            SelectPage, new { Subscription = subscription, IsDiscarded = isDiscarded, After = after, Limit = limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>One with all its attempts, also when it was handed out again; null when there is none.</summary>
    internal async Task<DeadLetterDetails?> FindAsync(string subscription, long sequence, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var parameters = new { Subscription = subscription, Sequence = sequence };
        if (await connection.QuerySingleOrDefaultAsync<DeadLetterView>(new CommandDefinition(SelectOne, parameters, cancellationToken: cancellationToken)) is not { } found)
            return null;
        var attempts = await connection.QueryAsync<AttemptView>(new CommandDefinition(SelectAttempts, parameters, cancellationToken: cancellationToken));
        return new DeadLetterDetails(found, attempts.AsList());
    }
}

/// <summary>A dead letter.</summary>
internal sealed record DeadLetterView
{
    public required long Sequence { get; init; }

    public string? Type { get; init; }

    public string? Source { get; init; }

    public string? Id { get; init; }

    public string? Subject { get; init; }

    public required DateTimeOffset DeadAt { get; init; }

    public required string Reason { get; init; }

    public required int Attempts { get; init; }

    public DateTimeOffset? RedrivenAt { get; init; }

    public Guid? RedrivenBy { get; init; }

    public DateTimeOffset? DiscardedAt { get; init; }

    /// <summary>System and officer.</summary>
    public string? DiscardedBy { get; init; }

    public string? DiscardReason { get; init; }
}

/// <summary>What was tried and how it ended.</summary>
internal sealed record AttemptView(DateTimeOffset AttemptedAt, string Result, int Deliveries);

/// <summary>A dead letter with its attempts.</summary>
internal sealed record DeadLetterDetails(DeadLetterView DeadLetter, IReadOnlyList<AttemptView> Attempts);
