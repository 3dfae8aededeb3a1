using ExchangeBus.Contracts;
using Npgsql;

namespace ExchangeBus.Client.Subscribing;

/// <summary>One event and the transaction in which it is handled: what the handler writes, what it publishes, and the memory that the event was handled commit together.</summary>
public sealed class EventContext(CloudEvent received, NpgsqlTransaction transaction, string source, TimeProvider time)
{
    private readonly List<CloudEvent> _published = [];

    /// <summary>The event.</summary>
    public CloudEvent Event => received;

    /// <summary>
    /// The replay that this delivery belongs to: the event was delivered before, and somebody of your agency has asked for it once more. Null on live traffic, and on a
    /// dead letter that is handed out again, which is the event itself.
    /// </summary>
    public string? ReplayId => received[ExtensionAttributes.ReplayId];

    /// <summary>The transaction that the handler's own statements must use.</summary>
    public NpgsqlTransaction Transaction => transaction;

    /// <summary>The connection of <see cref="Transaction"/>.</summary>
    public NpgsqlConnection Connection => transaction.Connection!;

    /// <summary>Reads the body.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is not a <typeparamref name="T"/>.</exception>
    public T Read<T>() => EventData.Read<T>(received.Data.Span);

    /// <summary>Publishes an event when the handler's transaction commits.</summary>
    public void Publish(CloudEvent cloudEvent) => _published.Add(cloudEvent);

    /// <summary>Publishes an answer: the same subject, dossier and purpose, caused by this event.</summary>
    public void Answer<T>(string type, T data) => Publish(CreateAnswer(type, data));

    /// <summary>An answer that is not published yet: for an agency that answers later, through its outbox.</summary>
    public CloudEvent CreateAnswer<T>(string type, T data) => new CloudEvent
    {
        Id = Guid.CreateVersion7().ToString("D"),
        Source = source,
        Type = type,
        Subject = received.Subject,
        Time = time.GetUtcNow(),
        DataContentType = "application/json",
        Data = EventData.Write(data),
    }.With(ExtensionAttributes.CorrelationId, received[ExtensionAttributes.CorrelationId])
        .With(ExtensionAttributes.CausationId, received.Id)
        .With(ExtensionAttributes.Purpose, received[ExtensionAttributes.Purpose])
        .With(ExtensionAttributes.PartitionKey, received[ExtensionAttributes.PartitionKey]);

    internal IReadOnlyCollection<CloudEvent> Published => _published;
}

/// <summary>What an agency does with an event. Called again when it throws; the transaction is then rolled back.</summary>
public interface IEventHandler
{
    /// <summary>Handles one event. Events of one order key come one after the other, in order.</summary>
    Task HandleAsync(EventContext context, CancellationToken cancellationToken);
}
