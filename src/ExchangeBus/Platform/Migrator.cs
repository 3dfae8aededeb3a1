using DbUp;
using DbUp.Engine;

namespace ExchangeBus.Platform;

/// <summary>Brings a database to the newest numbered migration; safe to run again, and while the version before still runs.</summary>
public static class Migrator
{
    /// <summary>Runs what is missing, one transaction per script.</summary>
    /// <exception cref="InvalidOperationException">A script failed; the message names it.</exception>
    public static void Migrate(string connectionString)
    {
        var result = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(Migrator).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal))
            .WithTransactionPerScript()
            .JournalToPostgresqlTable("public", "schema_migration")
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        ThrowIfFailed(result);
    }

    private static void ThrowIfFailed(DatabaseUpgradeResult result)
    {
        if (!result.Successful)
            throw new InvalidOperationException($"Migration {result.ErrorScript?.Name ?? "set-up"} failed: {result.Error.Message}", result.Error);
    }
}
