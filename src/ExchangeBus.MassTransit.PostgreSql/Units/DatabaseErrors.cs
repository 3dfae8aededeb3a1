using MassTransit;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

internal static class DatabaseErrors
{
    /// <summary>What PostgreSQL asks to be tried again becomes MassTransit's <see cref="ConcurrencyException"/>; decided by SQLSTATE, since texts are localised.
    /// A unique key of a saga means another process was first; one of user code is the user's to understand.</summary>
    public static Exception Translate(Exception exception, UnitOfWork unit) => exception is PostgresException e
        && (e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            || (e.SqlState is PostgresErrorCodes.UniqueViolation && unit.SagaWrites.Any(x => x.Table.Name == e.TableName)))
        ? LostRace(unit, e)
        : exception;

    /// <summary>Whether the same work may succeed on another connection. Npgsql does not count a server that is shutting down among these.</summary>
    public static bool IsConnectionLost(NpgsqlException exception) => exception.IsTransient
        || (exception.SqlState is { } state && (state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal)));

    public static ConcurrencyException LostRace(UnitOfWork unit, PostgresException exception)
    {
        var write = unit.SagaWrites.FirstOrDefault();
        return new ConcurrencyException("Another transaction was first", write?.Table.SagaType ?? typeof(object), write?.CorrelationId ?? default, exception);
    }
}
