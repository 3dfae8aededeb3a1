using Dapper;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Steps;

/// <summary>Statements within the transaction in which a step is done.</summary>
internal static class TransactionSql
{
    internal static Task<int> DoAsync(this NpgsqlTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));

    internal static Task<T?> FindAsync<T>(this NpgsqlTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<T?>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
}
