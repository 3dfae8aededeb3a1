using System.Text;
using System.Text.Encodings.Web;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>JSON values as text, in which numbers keep every digit.</summary>
internal static class JsonText
{
    public static string Of(JsonTape tape, int token)
    {
        ref readonly var value = ref tape.Tokens[token];
        switch (value.Kind)
        {
            case JsonKind.String:
                return Quote(Encoding.UTF8.GetString(tape.Text(token)));
            case JsonKind.Number:
                return Encoding.UTF8.GetString(tape.Text(token));
            case JsonKind.Array:
                var items = new List<string>();
                for (var at = token + 1; at < value.Next; at = tape.Tokens[at].Next) items.Add(Of(tape, at));
                return Array(items);
            case JsonKind.Object:
                var properties = new List<KeyValuePair<string, string>>();
                for (var at = token + 1; at < value.Next; at = tape.Tokens[at + 1].Next)
                    properties.Add(new(Encoding.UTF8.GetString(tape.Text(at)), Of(tape, at + 1)));
                return Object(properties);
            default:
                return value.Kind switch
                {
                    JsonKind.True => "true",
                    JsonKind.False => "false",
                    _ => "null",
                };
        }
    }

    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    public static string Array(IEnumerable<string> items) => $"[{string.Join(',', items)}]";

    public static string Object(IEnumerable<KeyValuePair<string, string>> properties) =>
        $"{{{string.Join(',', properties.Select(property => $"{Quote(property.Key)}:{property.Value}"))}}}";
}
