using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Traces and metrics, named after OpenTelemetry's messaging conventions where they have a name for it. Subscribe to <see cref="Name"/>.</summary>
public static class StorageTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "ExchangeBus.MassTransit.PostgreSql";

    internal static readonly ActivitySource Activities = new(Name);

    private static readonly KeyValuePair<string, object?> System = new("messaging.system", "masstransit");
    private static readonly KeyValuePair<string, object?> Send = new("messaging.operation.name", "send");

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("messaging.client.operation.duration", "s", "Duration of a load, a check of the inbox, a commit or a delivery.");

    private static readonly Histogram<int> BatchSize =
        Meter.CreateHistogram<int>("messaging.batch.message_count", "{message}", "How many messages shared a load, a check of the inbox or a commit.");

    private static readonly Counter<long> Sent =
        Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages delivered from the outbox.");

    private static readonly Histogram<double> Transitions =
        Meter.CreateHistogram<double>("exchangebus.saga.transition.duration", "s", "Duration of a state machine's step, without load and commit.");

    private static readonly Counter<long> Expired =
        Meter.CreateCounter<long>("exchangebus.outbox.expired", "{message}", "Messages that were not sent because they had lost their meaning by then.");

    private static readonly Counter<long> Duplicates =
        Meter.CreateCounter<long>("exchangebus.inbox.duplicates", "{message}", "Messages that had been handled before.");

    private static readonly Counter<long> LostRaces =
        Meter.CreateCounter<long>("exchangebus.saga.lost_races", "{message}", "Messages that must be handled again because another process changed the saga.");

    internal static Activity? StartCommit(int messages)
    {
        var activity = Activities.StartActivity("commit");
        activity?.SetTag("messaging.system", "masstransit").SetTag("messaging.operation.name", "commit").SetTag("messaging.batch.message_count", messages).SetTag("db.system.name", "postgresql");
        return activity;
    }

    internal static void Ran(string operation, int messages, TimeSpan duration)
    {
        var name = new KeyValuePair<string, object?>("messaging.operation.name", operation);
        Duration.Record(duration.TotalSeconds, System, name);
        BatchSize.Record(messages, System, name);
    }

    internal static void Delivered(bool sent, TimeSpan duration)
    {
        if (!sent)
        {
            Expired.Add(1);
            return;
        }
        Duration.Record(duration.TotalSeconds, System, Send);
        Sent.Add(1, System, Send);
    }

    internal static void DeliveryFailed(Exception exception, TimeSpan duration)
    {
        var error = new KeyValuePair<string, object?>("error.type", exception.GetType().FullName);
        Duration.Record(duration.TotalSeconds, System, Send, error);
        Sent.Add(1, System, Send, error);
    }

    internal static Activity? StartSend(OutgoingMessage message)
    {
        var activity = Activities.StartActivity("send", ActivityKind.Producer, message.TraceParent);
        activity?.SetTag("messaging.system", "masstransit").SetTag("messaging.operation.name", "send").SetTag("messaging.operation.type", "send")
            .SetTag("messaging.destination.name", message.DestinationAddress.AbsolutePath.Trim('/')).SetTag("messaging.message.id", message.MessageId.ToString());
        return activity;
    }

    internal static bool WatchesTransitions => Transitions.Enabled;

    internal static void Transition(SagaTransition transition) => Transitions.Record(transition.Duration.TotalSeconds,
        new("exchangebus.saga.table", transition.Table), new("exchangebus.saga.from", transition.From), new("exchangebus.saga.to", transition.To),
        new("exchangebus.saga.event", transition.MessageType));

    internal static void Duplicate() => Duplicates.Add(1);

    internal static void LostRace() => LostRaces.Add(1);
}
