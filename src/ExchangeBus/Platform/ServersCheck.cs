using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.Platform;

/// <summary>Looks at start whether the servers answer, so that a missing one is said in a sentence.</summary>
public static class ServersCheck
{
    /// <summary>Null when both servers answer, else the sentence.</summary>
    public static async Task<string?> FindProblemAsync(string? postgres, string? rabbitMq, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(postgres))
            return "Postgres:ConnectionString is not set; set the environment variable Postgres__ConnectionString.";
        if (string.IsNullOrWhiteSpace(rabbitMq))
            return "RabbitMq:Uri is not set; set the environment variable RabbitMq__Uri.";
        return await FindPostgresProblemAsync(postgres, cancellationToken) ?? await FindBrokerProblemAsync(rabbitMq, cancellationToken);
    }

    private static async Task<string?> FindPostgresProblemAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            return null;
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException or ArgumentException)
        {
            return $"PostgreSQL does not answer: {e.Message}";
        }
    }

    private static async Task<string?> FindBrokerProblemAsync(string uri, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await new ConnectionFactory { Uri = new Uri(uri) }.CreateConnectionAsync(cancellationToken);
            return null;
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or SocketException or TimeoutException or UriFormatException or ArgumentException)
        {
            return $"RabbitMQ does not answer: {e.InnerException?.Message ?? e.Message}";
        }
    }
}
