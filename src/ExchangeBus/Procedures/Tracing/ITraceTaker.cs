using Npgsql;

namespace ExchangeBus.Procedures.Tracing;

/// <summary>Keeps something of each part of the log that was traced, in the transaction that moves the position: each event is taken once, in the log's order.</summary>
internal interface ITraceTaker
{
    Task TakeAsync(NpgsqlTransaction transaction, IReadOnlyList<Traced> page, CancellationToken cancellationToken);
}
