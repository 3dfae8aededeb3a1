using ExchangeBus.LocalServers.Private;

namespace ExchangeBus.LocalServers;

/// <summary>The servers that environment variables name. One that is named but silent is an error: nobody wants another in its place.</summary>
internal sealed record NamedServers(string? Postgres, string? RabbitMq, string? Management)
{
    public const string PostgresVariable = "EXCHANGEBUS_POSTGRES";
    public const string RabbitMqVariable = "EXCHANGEBUS_RABBITMQ";
    public const string ManagementVariable = "EXCHANGEBUS_RABBITMQ_MANAGEMENT";

    public bool IsComplete => Postgres is not null && RabbitMq is not null;

    public static NamedServers FromEnvironment() => new(Read(PostgresVariable), Read(RabbitMqVariable), Read(ManagementVariable));

    public async Task<PostgresServer> OpenPostgresAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await Readiness.PostgresAnswersAsync(Postgres!, cancellationToken))
                return new PostgresServer(Postgres!, instance: null);
        }
        catch (ArgumentException e)
        {
            throw new LocalServersUnavailableException($"{PostgresVariable} is no Npgsql connection string; correct it or unset it.", e);
        }

        throw Silent(PostgresVariable, "PostgreSQL");
    }

    public async Task<RabbitMqServer> OpenRabbitMqAsync(CancellationToken cancellationToken)
    {
        var amqp = Parse(RabbitMqVariable, RabbitMq!, "amqp", "amqps");
        var management = Management is null ? null : Parse(ManagementVariable, Management, "http", "https");
        return await Readiness.RabbitMqAnswersAsync(amqp, cancellationToken)
            ? new RabbitMqServer(amqp, management, instance: null)
            : throw Silent(RabbitMqVariable, "RabbitMQ");
    }

    private static Uri Parse(string variable, string value, string scheme, string secureScheme) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == scheme || uri.Scheme == secureScheme)
            ? uri
            : throw new LocalServersUnavailableException($"{variable} is no {scheme} URI; correct it or unset it.");

    // The value itself is not said: it may hold a password.
    private static LocalServersUnavailableException Silent(string variable, string server) =>
        new($"The {server} server that {variable} names does not answer or refuses the login; start it, correct the variable or unset it.");

    private static string? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
