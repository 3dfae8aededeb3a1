using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Intake.Dialects;
using ExchangeBus.Intake.Dialects.LinkedPortal;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Intake.Dialects.LinkedPortal;

/// <summary>The example dossiers of the repository, in which a test changes the one thing it is about.</summary>
internal static class PortalDossier
{
    private static readonly string Folder = Path.Combine(SchemaFolder.Root, "dialects/linked-portal");

    public static PortalProcedures Procedures { get; } = PortalProcedures.Load(Path.Combine(Folder, "procedures.json"));

    public static JsonObject Birth => Example("birth");

    public static JsonObject Death => Example("death");

    public static string Data(JsonObject dossier) => (string)dossier["data"]!;

    /// <summary>A dossier with one part of its XML replaced; fails when the part is not there.</summary>
    public static JsonObject Replacing(JsonObject dossier, string part, string by)
    {
        var data = Data(dossier).Replace(part, by, StringComparison.Ordinal);
        Assert.That(data, Is.Not.EqualTo(Data(dossier)), $"There is no '{part}' to replace.");
        dossier["data"] = data;
        return dossier;
    }

    public static JsonObject With(JsonObject dossier, string field, string json)
    {
        dossier[field] = JsonNode.Parse(json);
        return dossier;
    }

    public static DialectReading Read(JsonNode dossier) => Read(dossier.ToJsonString());

    public static DialectReading Read(string message) => new LinkedPortalReader(Procedures).Read(Encoding.UTF8.GetBytes(message));

    public static JsonObject Body(JsonNode dossier)
    {
        var reading = Read(dossier);
        Assert.That(reading.Violations, Is.Empty);
        return JsonNode.Parse(reading.Events.Single().Body.Span)!.AsObject();
    }

    private static JsonObject Example(string module) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{module}.example.json")))!.AsObject();
}
