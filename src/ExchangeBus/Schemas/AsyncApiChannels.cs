using System.Text.Json.Nodes;

namespace ExchangeBus.Schemas;

/// <summary>Doors, queues and the exchange for acknowledgements. The words send and receive are the agency's: it sends to a door and receives from its queue.</summary>
internal static class AsyncApiChannels
{
    private const string Agency = "Mã đơn vị, ví dụ G15. / Code of the agency, for example G15.";

    internal static JsonObject Channels(SchemaCatalogue catalogue) => new()
    {
        ["events"] = Channel("/events", "http", "Cửa HTTP. / The HTTP door.", Events(catalogue), new JsonObject { ["http"] = new JsonObject() }),
        ["intake"] = Channel("exchangebus.intake", "amqp", "Cửa AMQP. / The AMQP door.", Events(catalogue), Exchange("exchangebus.intake")),
        ["receipts"] = Channel("receipts.{agency}", "amqp", "Biên nhận cho cửa AMQP. / Receipts of the AMQP door.",
            Only("receipt"), Queue("receipts.{agency}"), ("agency", Agency)),
        ["deliveries"] = Channel("sub.{agency}.{subscription}", "amqp",
            "Sự kiện của một đăng ký; nếu chia phần: sub.<agency>.<subscription>.<n>. / Events of a subscription; with partitions: sub.<agency>.<subscription>.<n>.",
            Events(catalogue), Queue("sub.{agency}.{subscription}"), ("agency", Agency), ("subscription", "Tên đăng ký. / Name of the subscription.")),
        ["acknowledgements"] = Channel("exchangebus.acks", "amqp", "Xác nhận với trục. / Acknowledgements to the bus.", Only("acknowledgement"), Exchange("exchangebus.acks")),
    };

    internal static JsonObject Operations() => new()
    {
        ["publishOverHttp"] = Operation("send", "events", "Phát qua HTTP. / Publish over HTTP.", new JsonObject { ["http"] = new JsonObject { ["method"] = "POST" } }),
        ["publishOverAmqp"] = Operation("send", "intake", "Phát qua AMQP, có user_id và message_id. / Publish over AMQP with user_id and message_id."),
        ["receiveReceipts"] = Operation("receive", "receipts", "correlation_id là message_id đã gửi. / The correlation_id is the message_id that was sent."),
        ["receiveEvents"] = Operation("receive", "deliveries", "Ít nhất một lần, đúng thứ tự theo partitionkey. / At least once, in order for each partitionkey."),
        ["acknowledge"] = Operation("send", "acknowledgements", "Đã xử lý xong một đoạn. / A range of deliveries is done."),
    };

    private static JsonObject Channel(string address, string server, string description, JsonObject messages, JsonObject bindings, params (string Name, string Meaning)[] parameters)
    {
        var channel = new JsonObject
        {
            ["address"] = address,
            ["description"] = description,
            ["servers"] = new JsonArray(Reference("#/servers/" + server)),
            ["messages"] = messages,
            ["bindings"] = bindings,
        };
        if (parameters.Length == 0) return channel;
        var described = new JsonObject();
        foreach (var (name, meaning) in parameters) described[name] = new JsonObject { ["description"] = meaning };
        channel["parameters"] = described;
        return channel;
    }

    private static JsonObject Operation(string action, string channel, string summary, JsonObject? bindings = null)
    {
        var operation = new JsonObject { ["action"] = action, ["channel"] = Reference("#/channels/" + channel), ["summary"] = summary };
        if (bindings is not null) operation["bindings"] = bindings;
        return operation;
    }

    private static JsonObject Events(SchemaCatalogue catalogue)
    {
        var messages = new JsonObject();
        foreach (var type in catalogue.Types) messages[type.Name] = Reference("#/components/messages/" + type.Name);
        return messages;
    }

    private static JsonObject Only(string message) => new() { [message] = Reference("#/components/messages/" + message) };

    private static JsonObject Exchange(string name) => new()
    {
        ["amqp"] = new JsonObject { ["is"] = "routingKey", ["exchange"] = new JsonObject { ["name"] = name, ["type"] = "fanout", ["durable"] = true } },
    };

    private static JsonObject Queue(string name) => new()
    {
        ["amqp"] = new JsonObject { ["is"] = "queue", ["queue"] = new JsonObject { ["name"] = name, ["durable"] = true } },
    };

    private static JsonObject Reference(string target) => new() { ["$ref"] = target };
}
