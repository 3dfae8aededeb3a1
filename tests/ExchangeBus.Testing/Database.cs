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

    /// <summary>Two columns of text as a dictionary.</summary>
    public static async Task<Dictionary<string, string>> PairsAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        return (await connection.QueryAsync<(string Key, string Value)>(sql)).ToDictionary(pair => pair.Key, pair => pair.Value);
    }
}
