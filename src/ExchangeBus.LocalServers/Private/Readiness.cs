using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.LocalServers.Private;

/// <summary>Asks a server until it answers.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="probe">True when the server answers as it should.</param>
    /// <param name="isRunning">False when further questions are useless.</param>
    /// <param name="patience">How long to ask.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>False when the time is over or the server is gone.</returns>
    public static async Task<bool> WaitAsync(
        Func<CancellationToken, Task<bool>> probe, Func<bool> isRunning, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (isRunning() && TimeProvider.System.GetElapsedTime(started) < patience)
        {
            if (await probe(cancellationToken))
                return true;
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return false;
    }

    public static async Task<bool> PostgresAnswersAsync(string connectionString, CancellationToken cancellationToken)
    {
        var once = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 };
        try
        {
            await using var connection = new NpgsqlConnection(once.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public static async Task<bool> RabbitMqAnswersAsync(Uri amqpUri, CancellationToken cancellationToken)
    {
        // A bare connection attempt is cheap and, unlike a refused login, does not fill the broker's log.
        if (!await ListensAsync(amqpUri, cancellationToken))
            return false;
        try
        {
            var factory = new ConnectionFactory { Uri = amqpUri, AutomaticRecoveryEnabled = false };
            await using var connection = await factory.CreateConnectionAsync("exchangebus-local-servers", cancellationToken);
            await connection.CloseAsync(cancellationToken);
            return true;
        }
        catch (BrokerUnreachableException)
        {
            return false;
        }
    }

    private static async Task<bool> ListensAsync(Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(uri.Host, uri.Port > 0 ? uri.Port : uri.Scheme == "amqps" ? 5671 : 5672, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
