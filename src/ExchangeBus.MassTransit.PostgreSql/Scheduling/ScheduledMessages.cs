using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// Moves due messages to the outbox and delivers them. The move is one statement: a cancellation comes either before it, and the message is gone,
/// or after it, and the message is on its way.
/// </summary>
internal sealed class ScheduledMessages : BackgroundService
{
    private const string TakeDueSql = """
        with due as (
            select id from {schema}.scheduled_message where due_at <= $1 order by due_at limit 500 for update skip locked),
        taken as (
            delete from {schema}.scheduled_message s using due where s.id = due.id
            returning s.id, s.due_at, s.ordering_key, s.message, s.body),
        kept as (
            insert into {schema}.outbox (id, ordering_key, owner, lease_until, message, body)
            select id, ordering_key, $2, $3, message, body from taken order by due_at)
        select id, ordering_key, message, body from taken order by due_at
        """;

    private const string NextDueSql = """
        select min(due_at) from {schema}.scheduled_message
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly OutboxDelivery _delivery;
    private readonly SchedulerSignal _signal;
    private readonly PostgreSqlStorageOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<ScheduledMessages> _logger;
    private readonly string _takeDue;
    private readonly string _nextDue;

    public ScheduledMessages(StorageDataSource dataSource, OutboxDelivery delivery, SchedulerSignal signal, PostgreSqlStorageOptions options,
        TimeProvider timeProvider, StorageLogger<ScheduledMessages> logger)
    {
        (_dataSource, _delivery, _signal, _options, _timeProvider, _logger) = (dataSource.Value, delivery, signal, options, timeProvider, logger);
        _takeDue = TakeDueSql.InSchema(options.Schema);
        _nextDue = NextDueSql.InSchema(options.Schema);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = _signal.Reset();
            var until = _timeProvider.GetUtcNow() + _options.SchedulerPollInterval;
            try
            {
                await DeliverDueAsync(stoppingToken);
                if (await ReadNextDueAsync(stoppingToken) is { } next && next < until)
                    until = next;
            }
#pragma warning disable CA1031 // The edge of a background loop.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                _logger.SchedulerFailed(e);
            }
            await SleepAsync(until, woken, stoppingToken);
        }
    }

    private async Task SleepAsync(DateTimeOffset until, Task woken, CancellationToken cancellationToken)
    {
        var sleep = until - _timeProvider.GetUtcNow();
        if (sleep <= TimeSpan.Zero)
            return;
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Timers count milliseconds; one that fires early would find nothing due.
        var timer = Task.Delay(sleep + TimeSpan.FromMilliseconds(1), _timeProvider, awake.Token);
        _signal.SleepUntil(until);
        await Task.WhenAny(timer, woken);
        await awake.CancelAsync();
    }

    /// <summary>Takes and delivers everything that is due, oldest first.</summary>
    internal async Task DeliverDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var messages = await TakeDueAsync(cancellationToken);
            if (messages.Count == 0)
                return;
            await _delivery.DeliverAsync(messages, cancellationToken);
        }
    }

    private async Task<List<OutgoingMessage>> TakeDueAsync(CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        var leaseUntil = now + _options.OutboxLease;
        await using var command = _dataSource.CreateCommand(_takeDue);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _delivery.Owner });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = leaseUntil.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new List<OutgoingMessage>();
        while (await reader.ReadAsync(cancellationToken))
            messages.Add(StoredMessage.Read(reader, leaseUntil));
        return messages;
    }

    private async Task<DateTimeOffset?> ReadNextDueAsync(CancellationToken cancellationToken)
    {
        await using var command = _dataSource.CreateCommand(_nextDue);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }
}
