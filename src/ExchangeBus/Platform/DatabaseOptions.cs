using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Platform;

/// <summary>Where PostgreSQL is. Configuration section <c>Postgres</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Npgsql connection string; several hosts may be named. Required; a secret, so give it by environment.</summary>
    [Required(ErrorMessage = "Postgres:ConnectionString is not set; set the environment variable Postgres__ConnectionString")]
    public string ConnectionString { get; set; } = "";

    /// <summary>Most connections of this process. Default 30, 4 to 200.</summary>
    [Range(4, 200)]
    public int MaxConnections { get; set; } = 30;
}
