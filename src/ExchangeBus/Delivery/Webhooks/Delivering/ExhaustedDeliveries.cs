using System.Text.Json.Nodes;
using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Dispatch;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>Deliveries that are given up become dead letters, and their agency is told; within the transaction in which they cease to wait.</summary>
internal sealed class ExhaustedDeliveries(RuleChange bus, OrderKeys orderKeys, LogTail tail, TimeProvider time, ILogger<ExhaustedDeliveries> logger)
{
    private const string Keep = """
        with last as (
            insert into delivery_attempt (subscription, sequence, attempted_at, result, duration_ms, status)
            values (@Subscription, @Sequence, @DiedAt, @Reason, @Duration, @Status)
            on conflict do nothing
            returning 1
        )
        insert into dead_letter as d (subscription, sequence, partition, type, recorded_at, reason, dead_at, deliveries)
        select @Subscription, @Sequence, @Partition, @Type, @RecordedAt, @Reason, @Now, @Deliveries from last
        on conflict (subscription, sequence) do update
        set reason = excluded.reason, dead_at = excluded.dead_at, deliveries = d.deliveries + excluded.deliveries, redriven_at = null, redriven_by = null,
            discarded_at = null
        """;

    /// <summary>Returns what is to be done after the commit.</summary>
    internal async Task<Action> KeepAsync(
        NpgsqlTransaction transaction, Position position, string agency, IReadOnlyList<DeadAttempt> dead, CancellationToken cancellationToken)
    {
        // A page whose commit nobody heard of is written again: what is known already is neither counted nor told a second time.
        var fresh = new List<DeadAttempt>(dead.Count);
        foreach (var last in dead)
        {
            var isNew = await transaction.Connection!.ExecuteAsync(new CommandDefinition(Keep, new
            {
                position.Subscription,
                Partition = (short)position.Partition,
                last.Row.Sequence,
                last.Row.Type,
                RecordedAt = last.Row.RecordedAt.ToUniversalTime(),
                Reason = last.Row.Failure,
                last.Row.Status,
                Duration = (int)last.Duration.TotalMilliseconds,
                DiedAt = last.At.ToUniversalTime(),
                Now = time.GetUtcNow(),
                Deliveries = last.Row.Attempt,
            }, transaction, cancellationToken: cancellationToken)) > 0;
            if (isNew)
                fresh.Add(last);
        }

        // That one could not be delivered to the agency either; telling of it would never end.
        var told = fresh.Where(d => d.Row.Type != EventTypes.DeliveryExhausted).Select(d => NewEvent.From(Announcement(position.Subscription, agency, d.Row), orderKeys)).ToArray();
        if (told.Length > 0)
        {
            await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
            AppendStatement.AddTo(batch, told);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        return () =>
        {
            tail.Wake();
            foreach (var last in fresh)
                logger.WebhookExhausted(last.Row.Sequence, position.Subscription, last.Row.Attempt, last.Row.Failure!);
        };
    }

    private CloudEvent Announcement(string subscription, string agency, WaitingRow row) => bus.Announce(EventTypes.DeliveryExhausted, subscription, agency, new JsonObject
    {
        ["subscription"] = subscription,
        ["sequence"] = row.Sequence,
        ["attempts"] = row.Attempt,
        ["reason"] = row.Failure,
    });
}
