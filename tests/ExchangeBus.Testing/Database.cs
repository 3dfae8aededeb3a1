using Dapper;
using Npgsql;

namespace ExchangeBus.Testing;

/// <summary>Looks into a database from outside.</summary>
public static class Database
{
    public static async Task<long> CountAsync(string connectionString, string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        return await connection.QuerySingleAsync<long>(sql, parameters);
    }
}
