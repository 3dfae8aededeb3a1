using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.Platform;

/// <summary>Looks at start for what no waiting would mend, so that it is said in a sentence.</summary>
public static class ServersCheck
{
    private static readonly TimeSpan BrokerWait = TimeSpan.FromSeconds(5);

    /// <summary>Null when PostgreSQL answers and RabbitMQ does not refuse us, else the sentence. RabbitMQ may be away: events are accepted without it.</summary>
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
            await using var connection = await Broker.ConnectAsync(new ConnectionFactory { Uri = new Uri(uri) }, BrokerWait, cancellationToken);
            return null;
        }
        catch (BrokerUnreachableException e) when (e.InnerException is AuthenticationFailureException or OperationInterruptedException or PossibleAuthenticationFailureException)
        {
            return $"RabbitMQ refuses RabbitMq:Uri: {e.InnerException.Message}";
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException)
        {
            return $"RabbitMq:Uri cannot be used: {e.Message}";
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or SocketException or TimeoutException)
        {
            return null;
        }
    }
}
