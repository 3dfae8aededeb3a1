using System.Text.Json.Nodes;
using ExchangeBus.Contracts;

namespace ExchangeBus.Schemas;

/// <summary>The CloudEvents envelope and the bus's own small messages, as schemas.</summary>
internal static class AsyncApiEnvelope
{
    private static readonly (string Name, string Type, string Meaning)[] Extensions =
    [
        (ExtensionAttributes.Recipient, "string", "Đơn vị nhận duy nhất. / The one agency that is to get it."),
        (ExtensionAttributes.PartitionKey, "string", "Sự kiện của một nguồn có cùng khóa được giao đúng thứ tự; không ghi thì trục tính theo subject, chung cho mọi nguồn. / Events of one source with the same key are delivered in order; when absent the bus computes it from the subject, for all sources."),
        (ExtensionAttributes.CorrelationId, "string", "Hồ sơ hoặc quy trình. / The procedure it belongs to."),
        (ExtensionAttributes.CausationId, "string", "Sự kiện gây ra sự kiện này. / The event that caused this one."),
        (ExtensionAttributes.TraceParent, "string", "W3C Trace Context."),
        (ExtensionAttributes.Signature, "string", "Chữ ký của đơn vị gửi: JWS tách rời. / Signature of the publisher: a detached JWS."),
        (ExtensionAttributes.Sequence, "string", "Vị trí trong nhật ký, do trục ghi. / Its place in the log; written by the bus."),
        (ExtensionAttributes.PreviousSequence, "string", "Vị trí lần giao trước, do trục ghi. / The place of the delivery before; written by the bus."),
        (ExtensionAttributes.RecordedTime, "string", "Thời điểm nhận, do trục ghi. / When it was accepted; written by the bus."),
    ];

    /// <summary>Headers of binary mode, which HTTP allows beside structured mode.</summary>
    internal static JsonObject Trait() => new()
    {
        ["headers"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "CloudEvents 1.0, binary mode (HTTP): ce-*.",
            ["properties"] = new JsonObject
            {
                ["ce-specversion"] = Text("Phiên bản CloudEvents. / Version of CloudEvents."),
                ["ce-id"] = Text("Cùng với ce-source: khóa chống trùng. / With ce-source, the idempotency key."),
                ["ce-source"] = Text("urn:exchangebus:agency:<agency>:<system>"),
                ["ce-type"] = Text("Loại sự kiện. / The event type."),
                ["ce-subject"] = Text("Số hồ sơ. / The dossier number."),
            },
        },
    };

    internal static JsonObject Of(string type, JsonObject data)
    {
        var properties = new JsonObject
        {
            ["specversion"] = new JsonObject { ["const"] = "1.0" },
            ["type"] = new JsonObject { ["const"] = type },
            ["source"] = Text("urn:exchangebus:agency:<agency>:<system>"),
            ["id"] = Text("Cùng với source: khóa chống trùng. / With source, the idempotency key."),
            ["time"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            ["subject"] = Text("Số hồ sơ. / The dossier number."),
            ["datacontenttype"] = new JsonObject { ["const"] = "application/json" },
            ["data"] = data,
        };
        foreach (var (name, kind, meaning) in Extensions) properties[name] = new JsonObject { ["type"] = kind, ["description"] = meaning };
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("specversion", "type", "source", "id", "data") };
    }

    internal static JsonObject Example(string type, JsonNode data)
    {
        var example = new JsonObject
        {
            ["specversion"] = "1.0",
            ["type"] = type,
            ["source"] = "urn:exchangebus:agency:G22.99.08:portal",
            ["id"] = "0195f2a0-0000-7000-8000-000000000001",
            ["time"] = "2026-11-23T17:00:00+07:00",
        };
        if (data is JsonObject body && body["dossierNumber"] is { } subject) example["subject"] = subject.DeepClone();
        example["datacontenttype"] = "application/json";
        example["data"] = data;
        return example;
    }

    internal static JsonObject Schemas() => new()
    {
        ["receipt"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["accepted"] = Flag("Đã vào nhật ký. / It is in the log."),
                ["source"] = Text("Nguồn như đã gửi. / The source as sent."),
                ["id"] = Text("Mã như đã gửi. / The id as sent."),
                ["sequence"] = Position(),
                ["recordedTime"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
                ["dataHash"] = Text("SHA-256 của nội dung như trục lưu. / SHA-256 of the body as the bus keeps it, hexadecimal."),
                ["duplicate"] = Flag("Đã được nhận trước đó. / It had been accepted before."),
                ["held"] = Flag("Chờ người có thẩm quyền; đừng gửi lại. / It waits for a person; do not send it again."),
                ["violations"] = Said("Vì sao bị từ chối hoặc giữ lại. / Why it is refused or held."),
                ["warnings"] = Said("Điều cần xem lại; không vì thế mà bị từ chối. / What looks wrong; it is not refused for it."),
            },
            ["required"] = new JsonArray("accepted"),
        },
        ["acknowledgement"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["subscription"] = Text("<agency>.<subscription>"),
                ["partition"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
                ["after"] = Position(),
                ["sequence"] = Position(),
            },
            ["required"] = new JsonArray("subscription", "after", "sequence"),
        },
    };

    private static JsonObject Violation() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["pointer"] = Text("RFC 6901"),
            ["code"] = Text("Mã ổn định. / A stable code."),
            ["messageVi"] = Text("Tiếng Việt. / In Vietnamese."),
            ["messageEn"] = Text("Tiếng Anh. / In English."),
            ["severity"] = new JsonObject { ["enum"] = new JsonArray("error", "warning", "hold") },
        },
    };

    private static JsonObject Said(string meaning) => new() { ["type"] = "array", ["description"] = meaning, ["items"] = Violation() };

    private static JsonObject Flag(string meaning) => new() { ["type"] = "boolean", ["description"] = meaning };

    private static JsonObject Position() => new() { ["type"] = "integer", ["minimum"] = 0, ["description"] = "Vị trí trong nhật ký. / Position in the log." };

    private static JsonObject Text(string meaning) => new() { ["type"] = "string", ["description"] = meaning };
}
