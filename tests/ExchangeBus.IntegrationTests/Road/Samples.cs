using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Road;

/// <summary>Agencies and events that the tests of the road send; the bodies are the schemas' own examples.</summary>
internal static class Samples
{
    internal static readonly TestAgency Portal = new("G22.99.08", "portal", ["vn.portal.*"]);

    internal static readonly TestAgency Population = new("G01", "population", ["vn.population.*"]);

    internal static readonly TestAgency Health = new("G18", "adapter", [], ("births", ["vn.portal.linkedbirthsubmitted.v1", "vn.population.*"]));

    /// <summary>Settings of a bus whose log holds what the test publishes, and nothing that a procedure adds.</summary>
    internal static Dictionary<string, string?> WithoutProcedures => new()
    {
        ["Roles:0"] = nameof(BusRole.Gateway),
        ["Roles:1"] = nameof(BusRole.Dispatch),
        ["Roles:2"] = nameof(BusRole.Delivery),
        ["Roles:3"] = nameof(BusRole.Delivery),
    };

    internal static string SchemasFolder { get; } = Path.Combine(AppContext.BaseDirectory, "schemas");

    internal static byte[] LinkedBirthData { get; } = [..

File.ReadAllBytes(Directory.EnumerateFiles(Path.Combine(SchemasFolder, "portal", "linkedbirthsubmitted", "v1.valid")).Order(StringComparer.Ordinal).First()).AsSpan().TrimEnd((byte)10)];

    internal static string DossierNumber { get; } = EventData.Read<LinkedBirthSubmitted>(LinkedBirthData).DossierNumber;

    internal static CloudEvent LinkedBirth(string? id = null, string? subject = null) => new()
    {
        Id = id ?? Guid.CreateVersion7().ToString(),
        Source = Portal.Source,
        Type = EventTypes.LinkedBirthSubmitted,
        Subject = subject ?? DossierNumber,
        Time = new DateTimeOffset(2026, 11, 23, 8, 30, 0, TimeSpan.FromHours(7)),
        DataContentType = "application/json",
        Data = subject is null ? LinkedBirthData : EventData.Write(EventData.Read<LinkedBirthSubmitted>(LinkedBirthData) with { DossierNumber = subject }),
    };
}
