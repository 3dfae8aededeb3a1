using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Agencies;
using ExchangeBus.Checks;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Contracts;
using ExchangeBus.Tests.Schemas;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Checks;

/// <summary>Checks bodies against a schema that no rule knows by name, so that only its definitions and annotations can lead the rules to its fields.</summary>
internal static class CheckedEvent
{
    public const string EverythingType = "vn.test.everything.v1";

    private const string Schema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://schemas.exchangebus.vn/test/everything/v1.schema.json",
          "type": "object",
          "x-event-date": "/happenedOn",
          "properties": {
            "happenedOn": { "$ref": "../../definitions/v1.schema.json#/$defs/date" },
            "personalId": { "$ref": "../../definitions/v1.schema.json#/$defs/personalId" },
            "oldIdCard": { "$ref": "../../definitions/v1.schema.json#/$defs/oldIdCard" },
            "gender": { "$ref": "../../definitions/v1.schema.json#/$defs/gender" },
            "birthDate": { "$ref": "../../definitions/v1.schema.json#/$defs/partialDate" },
            "deathDate": { "$ref": "../../definitions/v1.schema.json#/$defs/partialDate" },
            "signedOn": { "$ref": "../../definitions/v1.schema.json#/$defs/date", "x-date-role": "notice" },
            "registeredOn": { "$ref": "../../definitions/v1.schema.json#/$defs/date" },
            "validFrom": { "$ref": "../../definitions/v1.schema.json#/$defs/date" },
            "validUntil": { "$ref": "../../definitions/v1.schema.json#/$defs/date" },
            "dueAt": { "$ref": "../../definitions/v1.schema.json#/$defs/dateTime" },
            "book": { "$ref": "../../definitions/v1.schema.json#/$defs/book" },
            "number": { "$ref": "../../definitions/v1.schema.json#/$defs/recordNumber" },
            "notice": { "$ref": "../../definitions/v1.schema.json#/$defs/birthNoticeNumber" },
            "card": { "$ref": "../../definitions/v1.schema.json#/$defs/healthCardNumber" },
            "commune": { "$ref": "../../definitions/v1.schema.json#/$defs/commune" },
            "units": { "type": "array", "items": { "type": "string", "x-code-list": "administrative-units" } },
            "address": { "$ref": "../../definitions/v1.schema.json#/$defs/address" },
            "nationality": { "$ref": "../../definitions/v1.schema.json#/$defs/countryCode" },
            "group": { "type": "string", "x-code-list": "ethnic-groups" },
            "text": { "type": "string" },
            "texts": { "type": "array", "items": { "type": "string" } },
            "name": { "$ref": "../../definitions/v1.schema.json#/$defs/personName" },
            "mother": { "$ref": "../../definitions/v1.schema.json#/$defs/adult" },
            "father": { "$ref": "../../definitions/v1.schema.json#/$defs/adult" },
            "people": { "type": "array", "items": { "$ref": "../../definitions/v1.schema.json#/$defs/adult" } },
            "anything": {}
          },
          "additionalProperties": false
        }
        """;

    private static readonly Lazy<string> Folder = new(CopyOfSchemas);
    private static readonly Lazy<ContractFiles> Files = new(() => new ContractFiles(Folder.Value));
    private static readonly Lazy<EventTypeCatalogue> Catalogue = new(() => new EventTypeCatalogue(Files.Value));

    /// <summary>The bus's clock unless a test says otherwise.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 25, 10, 0, 0, TimeSpan.FromHours(7));

    public static EventChecks NewChecks(DateTimeOffset? now = null, Action<ChecksOptions>? configure = null)
    {
        var options = new ChecksOptions { SchemasFolder = Folder.Value };
        configure?.Invoke(options);
        var time = new FakeTimeProvider(now ?? Now);
        return new EventChecks(
            Catalogue.Value, new RuleBook(Files.Value, Options.Create(options)), new EventSignatureCheck(new AgencyDirectory(), time), Options.Create(options), time);
    }

    public static Outcome Check(string body, DateTimeOffset? time = null) => Of(Shared, Encoding.UTF8.GetBytes(body), time);

    public static Outcome Check(JsonObject body) => Check(body.ToJsonString());

    public static Outcome Of(EventChecks checks, byte[] body, DateTimeOffset? time = null, string type = EverythingType) => checks.CheckContent(EventOf(body, time, type));

    public static CloudEvent EventOf(byte[] body, DateTimeOffset? time = null, string type = EverythingType) =>
        new() { Id = "1", Source = "urn:exchangebus:agency:G15:test", Type = type, Time = time, Data = body };

    /// <summary>Everything that was said, as <c>pointer code severity</c>.</summary>
    public static IReadOnlyList<string> Said(Outcome outcome) =>
        [.. outcome.Violations.Concat(outcome.Warnings).Select(v => $"{v.Pointer["/data".Length..]} {v.Code} {v.Severity}")];

    private static EventChecks Shared { get; } = NewChecks();

    private static string CopyOfSchemas()
    {
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "checked-event-schemas");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(SchemaFolder.Root, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(SchemaFolder.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Directory.CreateDirectory(Path.Combine(folder, "test", "everything"));
        File.WriteAllText(Path.Combine(folder, "test", "everything", "v1.schema.json"), Schema);
        return folder;
    }
}
