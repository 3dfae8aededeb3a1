using Dapper;
using ExchangeBus.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.Delivery.Pull;

/// <summary>Ends, once a minute, the replays that nobody reads any more. One that a person has paused is left alone: a person must end it.</summary>
internal sealed class UnreadReplays(NpgsqlDataSource dataSource, IOptions<PullOptions> options, TimeProvider time, ILogger<UnreadReplays> logger) : BackgroundService
{
    private const string By = "exchangebus";
    private const string Reason = "Nobody has read it for too long.";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private const string Expire = """
        with expired as (
            update delivery_job j set state = 'expired', ended_at = @Now
            from subscription s
            where s.name = j.subscription and s.way = 'pull' and j.kind = 'replay' and j.state = 'running'
              and greatest(j.created_at, j.read_at, (select max(p.done_at) from delivery_job_step p where p.job = j.id)) < @Before
            returning j.id, j.subscription
        ), told as (
            insert into delivery_job_step (job, step, action, done_at, done_by, reason)
            select e.id, coalesce((select max(p.step) from delivery_job_step p where p.job = e.id), 0) + 1, 'expire', @Now, @By, @Reason from expired e
        )
        select id, subscription from expired
        """;

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        foreach (var (id, subscription) in await connection.QueryAsync<(Guid, string)>(new CommandDefinition(
            Expire, new { Now = now, Before = now - options.Value.ReplayUnreadFor, By, Reason }, cancellationToken: cancellationToken)))
        {
            logger.ReplayExpired(id, subscription);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (QueueWorker.IsTransient(e) && !stoppingToken.IsCancellationRequested)
            {
                logger.JobsNotFound(e);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }
}
