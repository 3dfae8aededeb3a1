using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>The table of one saga type, as far as the unit of work must know it.</summary>
internal interface ISagaTable
{
    Type SagaType { get; }

    string Name { get; }

    /// <summary>All columns that the statements use.</summary>
    IEnumerable<string> ColumnNames { get; }

    /// <summary>Idempotent statements that create the table or bring it up to the definition.</summary>
    IEnumerable<string> CreateStatements();

    /// <summary>One command for all writes of a kind; it refuses those that lost the race for a version.</summary>
    NpgsqlBatchCommand CreateCommand(SagaWriteKind kind, IReadOnlyList<SagaWrite> writes, DateTimeOffset now);
}
