namespace ExchangeBus.MassTransit.PostgreSql;

internal enum SagaWriteKind
{
    Insert,
    Update,
    Delete,
}

/// <summary>
/// What is to happen to one saga row. The write is refused when the row has another version by then.
/// The declared search columns come as PostgreSQL text, in their declared order.
/// </summary>
internal sealed record SagaWrite(
    ISagaTable Table, SagaWriteKind Kind, Guid CorrelationId, int Version, string? State, string Data, string?[] Columns);
