using System.Security.Cryptography;

namespace ExchangeBus.Testing;

/// <summary>The configuration of a bus under test: all roles, the agencies, and what a test sets itself.</summary>
internal static class BusConfiguration
{
    internal static KeyValuePair<string, string?>[] Of(
        string connectionString, Uri amqpUri, Uri managementUri, IReadOnlyList<TestAgency> agencies, IReadOnlyDictionary<string, string?>? settings)
    {
        var defaults = Defaults(connectionString, amqpUri, managementUri, agencies);
        // The in-memory source refuses a name that comes twice, so what is overridden is left out.
        return settings is null ? [.. defaults] : [.. defaults.Where(entry => !settings.Keys.Any(k => entry.Key == k || entry.Key.StartsWith(k + ":", StringComparison.Ordinal))), .. settings];
    }

    private static IEnumerable<KeyValuePair<string, string?>> Defaults(
        string connectionString, Uri amqpUri, Uri managementUri, IReadOnlyList<TestAgency> agencies) =>
    [
        new("Postgres:ConnectionString", connectionString),
        new("RabbitMq:Uri", amqpUri.ToString()),
        new("RabbitMq:ManagementUri", managementUri.ToString()),
        new("Roles:0", "Gateway"), new("Roles:1", "Dispatch"), new("Roles:2", "Delivery"), new("Roles:3", "Procedures"), new("Roles:4", "Console"),
        // Most tests play the four agencies that do the steps from the registration on.
        new("Procedures:OutsideSteps:0", "intake"), new("Procedures:OutsideSteps:1", "householdConsent"), new("Procedures:OutsideSteps:2", "verification"),
        new("Delivery:Webhooks:Sealing:Current", "test"), new("Delivery:Webhooks:Sealing:Keys:test", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
        new("Logging:LogLevel:Default", "Warning"),
        .. agencies.SelectMany((a, i) => a.Configuration(i)),
    ];
}
