using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Traces and metrics, named after OpenTelemetry's messaging conventions where they have a name for it. Subscribe to <see cref="Name"/>.</summary>
public static class StorageTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "ExchangeBus.MassTransit.PostgreSql";

    internal static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("messaging.client.operation.duration", "s", "Duration of a load, a commit or a delivery.");

    private static readonly Histogram<int> BatchSize =
        Meter.CreateHistogram<int>("messaging.batch.message_count", "{message}", "How many messages shared a load or a commit.");

    private static readonly Counter<long> Sent =
        Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages delivered from the outbox.");

    private static readonly Counter<long> Duplicates =
        Meter.CreateCounter<long>("exchangebus.inbox.duplicates", "{message}", "Messages that had been handled before.");

    private static readonly Counter<long> LostRaces =
        Meter.CreateCounter<long>("exchangebus.saga.lost_races", "{message}", "Messages that must be handled again because another process changed the saga.");

    internal static Activity? StartCommit(int messages)
    {
        var activity = Activities.StartActivity("commit");
        activity?.SetTag("messaging.operation.name", "commit").SetTag("messaging.batch.message_count", messages).SetTag("db.system.name", "postgresql");
        return activity;
    }

    internal static void Ran(string operation, int messages, TimeSpan duration)
    {
        var name = new KeyValuePair<string, object?>("messaging.operation.name", operation);
        Duration.Record(duration.TotalSeconds, name);
        BatchSize.Record(messages, name);
    }

    internal static void Delivered(TimeSpan duration)
    {
        Duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("messaging.operation.name", "send"));
        Sent.Add(1);
    }

    internal static void Duplicate() => Duplicates.Add(1);

    internal static void LostRace() => LostRaces.Add(1);
}
