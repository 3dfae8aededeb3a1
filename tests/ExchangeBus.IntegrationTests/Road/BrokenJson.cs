using System.Text;

namespace ExchangeBus.IntegrationTests.Road;

/// <summary>Texts that are not JSON (RFC 8259), or not JSON that can be trusted. Each is sent as a whole body and as the data of an event.</summary>
internal static class BrokenJson
{
    internal static IEnumerable<(string Name, byte[] Text)> All => Texts.Select(t => (t.Name, Encoding.UTF8.GetBytes(t.Text))).Concat(Bytes);

    private static readonly (string Name, string Text)[] Texts =
    [
        ("nothing", ""), ("blank", " \n"), ("open object", "{"), ("open array", "["), ("open string", "{\"a\":\"x"), ("closed twice", "{}}"),
        ("comma at the end", "{\"a\":1,}"), ("comma at the beginning", "{,\"a\":1}"), ("two commas", "[1,,2]"), ("no comma", "[1 2]"), ("no colon", "{\"a\" 1}"),
        ("two colons", "{\"a\"::1}"), ("no value", "{\"a\":}"), ("no name", "{:1}"), ("number as name", "{1:1}"), ("bare name", "{a:1}"),
        ("single quotes", "{'a':1}"), ("comment", "{\"a\":1/*x*/}"), ("line comment", "{\"a\":1}//x"), ("NaN", "{\"a\":NaN}"), ("Infinity", "{\"a\":-Infinity}"),
        ("plus", "{\"a\":+1}"), ("leading zero", "{\"a\":01}"), ("point at the end", "{\"a\":1.}"), ("point at the beginning", "{\"a\":.5}"), ("open exponent", "{\"a\":1e}"),
        ("hexadecimal", "{\"a\":0x1F}"), ("underscore", "{\"a\":1_000}"), ("True", "{\"a\":True}"), ("nul", "{\"a\":nul}"), ("undefined", "{\"a\":undefined}"),
        ("tab in a string", "{\"a\":\"\t\"}"), ("newline in a string", "{\"a\":\"\n\"}"), ("zero in a string", "{\"a\":\"\0\"}"), ("escape x", "{\"a\":\"\\x41\"}"),
        ("short escape", "{\"a\":\"\\u12\"}"), ("escaped quote only", "{\"a\":\"\\\"}"), ("two values", "{} {}"), ("text after", "{}x"), ("semicolon", "{\"a\":1;\"b\":2}"),
        ("mismatched", "{\"a\":[1}]"), ("deep", new string('[', 100_000)), ("deep objects", string.Concat(Enumerable.Repeat("{\"a\":", 50_000))),
        ("form", "a=1&b=2"), ("XML", "<a>1</a>"), ("script", "<script>alert(1)</script>"),
    ];

    private static readonly (string Name, byte[] Text)[] Bytes =
    [
        ("UTF-16", Encoding.Unicode.GetBytes("{\"a\":1}")), ("UTF-32", Encoding.UTF32.GetBytes("{\"a\":1}")), ("Latin-1", [(byte)'"', 0xE9, (byte)'"']),
        ("overlong slash", [(byte)'"', 0xC0, 0xAF, (byte)'"']), ("half a letter", [(byte)'"', 0xE1, 0xBA, (byte)'"']), ("surrogate in UTF-8", [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']),
        ("beyond Unicode", [(byte)'"', 0xF4, 0x90, 0x80, 0x80, (byte)'"']), ("lone continuation", [(byte)'"', 0x80, (byte)'"']), ("zeros", new byte[64]), ("0xFF", [0xFF, 0xFF]),
    ];
}
