using MassTransit;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// Writes down what happens to sagas, in the transaction in which it happens. Register any number as singletons.
/// </summary>
public interface ITransitionObserver
{
    /// <summary>
    /// Adds the commands that write the transitions; one command for all of them costs least. The batch runs as one transaction; when a unit in it loses a race or is refused,
    /// the batch is built again without that unit, so this method may be called several times for the same transitions and must have no effect of its own.
    /// An exception fails the messages of the batch.
    /// </summary>
    /// <param name="batch">The batch to add to.</param>
    /// <param name="transitions">What happened to the sagas of the batch, of all saga types. Never empty.</param>
    void AddCommands(NpgsqlBatch batch, IReadOnlyList<SagaTransition> transitions);
}

/// <summary>A saga went from one state to another, or handled an event without changing its state.</summary>
public sealed record SagaTransition
{
    /// <summary>The saga type.</summary>
    public required Type SagaType { get; init; }

    /// <summary>The table of the saga, without schema.</summary>
    public required string Table { get; init; }

    /// <summary>The key of the instance.</summary>
    public required Guid CorrelationId { get; init; }

    /// <summary>The instance as the state machine left it.</summary>
    public required ISaga Instance { get; init; }

    /// <summary>The state before; null for a new instance.</summary>
    public required string? From { get; init; }

    /// <summary>The state after.</summary>
    public required string? To { get; init; }

    /// <summary>The type of the message, as its urn without <c>urn:message:</c>.</summary>
    public required string MessageType { get; init; }

    /// <summary>The message that caused it; null only on an endpoint without the outbox.</summary>
    public required Guid? MessageId { get; init; }

    /// <summary>When the state machine was done.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long the state machine took, without loading and committing.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Whether the instance is completed by it.</summary>
    public required bool IsCompleted { get; init; }
}
