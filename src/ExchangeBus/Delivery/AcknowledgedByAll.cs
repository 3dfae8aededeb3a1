using Dapper;
using ExchangeBus.Log;
using Npgsql;

namespace ExchangeBus.Delivery;

/// <summary>The log is needed from where the slowest subscription stands: what it has not acknowledged may have to be delivered again.</summary>
internal sealed class AcknowledgedByAll(NpgsqlDataSource dataSource) : ILogConsumer
{
    // A dead letter may still be handed out again, a job may not have come to its part of the log yet, and what waits for a webhook is behind its position.
    // A partition that waits for no acknowledgement is done with all that was looked at for it.
    private const string SelectDone = """
        select least(
            (select coalesce(min(case when p.acknowledged = p.delivered then p.read else p.acknowledged end), 9223372036854775807)
             from delivery_position p join subscription s on s.name = p.subscription
             where s.withdrawn_at is null),
            (select coalesce(min(w.sequence) - 1, 9223372036854775807)
             from waiting_delivery w join subscription s on s.name = w.subscription
             where s.withdrawn_at is null),
            (select coalesce(min(sequence) - 1, 9223372036854775807) from dead_letter where redriven_at is null and discarded_at is null),
            (select coalesce(min(position), 9223372036854775807) from delivery_job where state in ('running', 'paused')))
        """;

    public async Task<long> DoneUpToAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(SelectDone, cancellationToken: cancellationToken));
    }
}
