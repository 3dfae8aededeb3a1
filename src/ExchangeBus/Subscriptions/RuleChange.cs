using System.Text.Json.Nodes;
using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using Npgsql;

namespace ExchangeBus.Subscriptions;

/// <summary>Somebody else has changed the same agreement or subscription meanwhile.</summary>
internal sealed class ChangedMeanwhileException() : Exception("It was changed meanwhile; read it again.");

/// <summary>
/// A transaction that changes who gets what. It holds the log's lock, and where it writes its event, the change holds for exactly the events that
/// come after that.
/// </summary>
internal sealed class RuleChange(NpgsqlDataSource dataSource, OrderKeys orderKeys, LogTail tail, TimeProvider time)
{
    private const string SelectNewest = "select sequence from log_newest";

    private const string Move = "update delivery_rules set version = version + 1";

    internal const string BusSource = "urn:exchangebus:agency:exchangebus:bus";

    internal DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Runs a change.</summary>
    /// <param name="announcement">The event that stands in the log before all that the change concerns; null for what nobody can have read yet.</param>
    /// <param name="write">Writes the change; its last argument is the position after which it holds.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The position after which the change holds.</returns>
    /// <exception cref="ChangedMeanwhileException">The version to write exists already.</exception>
    internal async Task<long> RunAsync(CloudEvent? announcement, Func<NpgsqlTransaction, long, Task> write, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await using (var batch = new NpgsqlBatch(connection, transaction))
            {
                if (announcement is not null)
                    AppendStatement.AddTo(batch, [NewEvent.From(announcement, orderKeys)]);
                else
                    batch.BatchCommands.Add(new NpgsqlBatchCommand(AppendStatement.LockLog));
                await batch.ExecuteNonQueryAsync(cancellationToken);
            }

            var position = await connection.QuerySingleAsync<long>(new CommandDefinition(SelectNewest, transaction: transaction, cancellationToken: cancellationToken));
            await write(transaction, position);
            await connection.ExecuteAsync(new CommandDefinition(Move, transaction: transaction, cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
            tail.Wake();
            return position;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new ChangedMeanwhileException();
        }
    }

    /// <summary>An event of the bus itself. It names who and what by codes; no body of anybody's event is in it.</summary>
    internal CloudEvent Announce(string type, string subject, string recipient, JsonObject data) => new CloudEvent
    {
        Id = Guid.CreateVersion7().ToString("D"),
        Source = BusSource,
        Type = type,
        Subject = subject,
        Time = time.GetUtcNow(),
        DataContentType = "application/json",
        Data = System.Text.Encoding.UTF8.GetBytes(data.ToJsonString(SubscriptionsJson.Options)),
    }.With(ExtensionAttributes.Recipient, recipient);
}
