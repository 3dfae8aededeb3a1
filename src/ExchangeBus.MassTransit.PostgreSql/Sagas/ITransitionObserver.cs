using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// Writes down what happens to sagas, in the transaction in which it happens. Register any number as singletons.
/// </summary>
public interface ITransitionObserver
{
    /// <summary>The commands that write the transition. Called when the state machine is done with the message and before the commit; an exception fails the message.</summary>
    /// <param name="transition">What happened.</param>
    IEnumerable<NpgsqlBatchCommand> CreateCommands(SagaTransition transition);
}

/// <summary>A saga went from one state to another, or handled an event without changing its state.</summary>
public sealed record SagaTransition
{
    /// <summary>The saga type.</summary>
    public required Type SagaType { get; init; }

    /// <summary>The table of the saga, without schema.</summary>
    public required string Table { get; init; }

    /// <summary>The instance.</summary>
    public required Guid CorrelationId { get; init; }

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
