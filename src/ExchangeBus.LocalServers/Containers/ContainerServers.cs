using ExchangeBus.LocalServers.Private;
using Npgsql;

namespace ExchangeBus.LocalServers.Containers;

/// <summary>The servers as containers of pinned images.</summary>
internal static class ContainerServers
{
    private const string PostgresImage = "postgres:15.14";
    private const string RabbitMqImage = "rabbitmq:3.13.7-management";

    public static (IServerInstance Container, PostgresServer Server) Postgres(ContainerEngine engine, RunFolder folder, LocalServersOptions options)
    {
        var connectionString = PrivatePostgres.Describe(FreePort.Next(), Secret.Create(24));
        var address = new NpgsqlConnectionStringBuilder(connectionString);
        string[] settings =
        [
            "--publish", $"127.0.0.1:{address.Port}:5432",
            "--env", $"POSTGRES_PASSWORD={address.Password}",
            "--env", "POSTGRES_INITDB_ARGS=--encoding=UTF8 --locale=C",
        ];
        var container = new ServerContainer(
            engine, folder, PostgresImage, settings, ct => Readiness.PostgresAnswersAsync(connectionString, ct), options.StartTimeout, options.Report);
        return (container, new PostgresServer(connectionString, container));
    }

    public static (IServerInstance Container, RabbitMqServer Server) RabbitMq(ContainerEngine engine, RunFolder folder, LocalServersOptions options)
    {
        var password = Secret.Create(24);
        var port = FreePort.Next();
        var managementPort = FreePort.Next();
        var amqpUri = new Uri($"amqp://exchangebus:{password}@127.0.0.1:{port}/");
        string[] settings =
        [
            "--publish", $"127.0.0.1:{port}:5672",
            "--publish", $"127.0.0.1:{managementPort}:15672",
            "--env", "RABBITMQ_DEFAULT_USER=exchangebus",
            "--env", $"RABBITMQ_DEFAULT_PASS={password}",

            // The name of the broker's data folder holds the host name: without one of its own, a new container finds nothing.
            "--hostname", "rabbitmq",
        ];
        var container = new ServerContainer(
            engine, folder, RabbitMqImage, settings, ct => Readiness.RabbitMqAnswersAsync(amqpUri, ct), options.StartTimeout, options.Report);
        return (container, new RabbitMqServer(amqpUri, new Uri($"http://127.0.0.1:{managementPort}/"), container));
    }
}
