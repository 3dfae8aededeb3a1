using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;

namespace ExchangeBus.Schemas;

/// <summary>
/// The doors and queues of the bus, and what goes through them, as an AsyncAPI 3.0.0 document (https://www.asyncapi.com/docs/reference/specification/v3.0.0):
/// an agency's tools can make documentation and code of it. Made of the catalogue, so that it says what the checks hold.
/// </summary>
internal static class AsyncApiDocument
{
    private const string JsonSchemaFormat = "application/schema+json;version=draft-2020-12";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Write(SchemaCatalogue catalogue) => JsonSerializer.SerializeToUtf8Bytes(Of(catalogue), Written);

    private static JsonObject Of(SchemaCatalogue catalogue) => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "ExchangeBus",
            ["version"] = "1.0.0",
            ["description"] = "Trục trao đổi dữ liệu: phát một lần, mỗi đơn vị đăng ký nhận đúng thứ tự. / Publish once; every subscriber receives in order.",
            ["license"] = new JsonObject { ["name"] = "Apache-2.0" },
        },
        ["defaultContentType"] = CloudEventJson.MediaType,
        ["servers"] = new JsonObject
        {
            ["http"] = Server("bus.example.gov.vn", "https", "bearer"),
            ["amqp"] = Server("broker.example.gov.vn", "amqps", "brokerUser"),
        },
        ["channels"] = AsyncApiChannels.Channels(catalogue),
        ["operations"] = AsyncApiChannels.Operations(),
        ["components"] = new JsonObject
        {
            ["messages"] = Messages(catalogue),
            ["messageTraits"] = new JsonObject { ["cloudEvent"] = AsyncApiEnvelope.Trait() },
            ["schemas"] = AsyncApiEnvelope.Schemas(),
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "Mã truy cập từ POST /token, hoặc JWT ký bằng khóa của hệ thống. / An access token from POST /token, or a JWT signed with the key of the system." },
                ["brokerUser"] = new JsonObject { ["type"] = "userPassword", ["description"] = "<agency>.<system>, mật khẩu do đơn vị vận hành trục cấp. / The password comes from the operator of the bus." },
            },
        },
    };

    private static JsonObject Messages(SchemaCatalogue catalogue)
    {
        var messages = new JsonObject();
        foreach (var type in catalogue.Types) messages[type.Name] = Message(catalogue, type);
        messages["receipt"] = Plain("Biên nhận / Receipt", "receipt");
        messages["acknowledgement"] = Plain("Xác nhận / Acknowledgement", "acknowledgement");
        return messages;
    }

    private static JsonObject Message(SchemaCatalogue catalogue, PublishedType type)
    {
        var schema = type.Current.Parse();
        var message = new JsonObject
        {
            ["name"] = type.Name,
            ["title"] = (string?)schema["title"],
            ["summary"] = (string?)schema["description"],
            ["contentType"] = CloudEventJson.MediaType,
            ["traits"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/messageTraits/cloudEvent" }),
            ["payload"] = new JsonObject
            {
                ["schemaFormat"] = JsonSchemaFormat,
                ["schema"] = AsyncApiEnvelope.Of(type.Name, new JsonObject { ["$ref"] = type.Current.Address.AbsoluteUri }),
            },
        };
        var examples = new JsonArray([.. Examples(catalogue, type).Select(example => new JsonObject
        {
            ["name"] = example.Name,
            ["payload"] = AsyncApiEnvelope.Example(type.Name, example.Data),
        })]);
        if (examples.Count > 0) message["examples"] = examples;
        return message;
    }

    private static IEnumerable<(string Name, JsonNode Data)> Examples(SchemaCatalogue catalogue, PublishedType type)
    {
        var folder = Path.Combine(catalogue.Folder, type.Current.Path.Replace(".schema.json", ".valid", StringComparison.Ordinal));
        if (!Directory.Exists(folder)) yield break;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Take(2))
            yield return (Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllBytes(file))!);
    }

    private static JsonObject Plain(string title, string schema) => new()
    {
        ["title"] = title,
        ["contentType"] = "application/json",
        ["payload"] = new JsonObject
        {
            ["schemaFormat"] = JsonSchemaFormat,
            ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + schema },
        },
    };

    private static JsonObject Server(string host, string protocol, string security) => new()
    {
        ["host"] = host,
        ["protocol"] = protocol,
        ["security"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/securitySchemes/" + security }),
    };
}
