using DbUp;

namespace ExchangeBus.SampleAgencies.Hosting;

/// <summary>An agency's own tables.</summary>
internal static class AgencySchema
{
    private const string OfEveryAgency = "Steps";

    /// <summary>Creates what is missing. Safe to run again.</summary>
    internal static void Create(AgencyDescription agency, string connectionString)
    {
        string[] folders = [.. agency.Folders.Append(OfEveryAgency).Select(folder => $"{typeof(SampleAgency).Namespace}.{folder}.Migrations.")];
        var result = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(AgencySchema).Assembly, name => Array.Exists(folders, folder => name.StartsWith(folder, StringComparison.Ordinal)))
            .WithTransactionPerScript()
            .JournalToPostgresqlTable("public", "schema_migration")
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw new AgencyUnavailableException($"Migration {result.ErrorScript?.Name ?? "set-up"} of agency {agency.Name} failed: {result.Error.Message}", result.Error);
    }
}
