using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace ExchangeBus.Platform;

/// <summary>Ready means that an event can be accepted, and that needs PostgreSQL.</summary>
public sealed class DatabaseCheck(NpgsqlDataSource dataSource) : IHealthCheck
{
    /// <summary>What monitoring may rely on.</summary>
    public const string Code = "platform.database";

    private const string SelectOne = "select 1";

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand(SelectOne);
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Unhealthy("PostgreSQL does not answer.");
        }
    }
}
