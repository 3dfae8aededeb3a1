using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace ExchangeBus.Intake.Dialects;

/// <summary>How bodies and messages are put into bytes: UTF-8, Vietnamese letters as they are.</summary>
internal static class Utf8Text
{
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Json(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Unescaped))
            node.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }

    internal static byte[] Xml(XElement root)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.Entitize }))
            root.Save(writer);
        return buffer.ToArray();
    }
}
