namespace ExchangeBus.Tests.Intake.Dialects;

/// <summary>Known attacks on readers of XML (OWASP: XML external entities, entity expansion), put into a message that is sound without them.</summary>
/// <param name="Name">What the attack is called.</param>
/// <param name="Code">The end of the code that must answer it.</param>
/// <param name="Around">The sound message to the hostile one.</param>
internal sealed record XmlAttack(string Name, string Code, Func<string, string> Around);

internal static class XmlAttacks
{
    private const string Lol = "<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">";

    public static IReadOnlyList<XmlAttack> All { get; } =
    [
        new("billion laughs", "dtd", sound => InText(Doctype(sound, Lol), "&d;")),
        new("quadratic blow-up", "dtd", sound => InText(Doctype(sound, $"<!ENTITY a \"{new string('a', 10_000)}\">"), string.Concat(Enumerable.Repeat("&a;", 1_000)))),
        new("external entity of a file", "dtd", sound => InText(Doctype(sound, "<!ENTITY a SYSTEM \"file:///etc/passwd\">"), "&a;")),
        new("external entity of an address", "dtd", sound => InText(Doctype(sound, "<!ENTITY a SYSTEM \"http://127.0.0.1:1/a\">"), "&a;")),
        new("parameter entity", "dtd", sound => Doctype(sound, "<!ENTITY % a SYSTEM \"http://127.0.0.1:1/a.dtd\"> %a;")),
        new("external subset", "dtd", sound => AfterDeclaration(sound, "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\">")),
        new("public identifier", "dtd", sound => AfterDeclaration(sound, "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://127.0.0.1:1/a.dtd\">")),
        new("default attributes by DTD", "dtd", sound => Doctype(sound, "<!ATTLIST a b CDATA \"c\">")),
        new("stylesheet instruction", "instruction", sound => AfterDeclaration(sound, "<?xml-stylesheet type=\"text/xsl\" href=\"http://127.0.0.1:1/a.xsl\"?>")),
        new("instruction in a value", "instruction", sound => InText(sound, "<?php echo 1 ?>")),
        new("second XML declaration", "malformed", sound => AfterDeclaration(sound, "<?xml version=\"1.0\"?>")),
        new("XML 1.1", "malformed", sound => sound.Replace("version=\"1.0\"", "version=\"1.1\"", StringComparison.Ordinal)),
        new("declared as UTF-7", "encoding", sound => sound.Replace("UTF-8", "utf-7", StringComparison.Ordinal)),
        new("deep nesting", "toodeep", sound => InText(sound, string.Concat(Enumerable.Repeat("<a>", 5_000)) + string.Concat(Enumerable.Repeat("</a>", 5_000)))),
        new("many attributes", "toomanyattributes", sound => InText(sound, $"<a {string.Concat(Enumerable.Range(0, 20_000).Select(i => $"b{i}='' "))}/>")),
        new("one attribute twice", "malformed", sound => InText(sound, "<a b='' b=''/>")),
        new("long text", "toolongtext", sound => InText(sound, new string('a', 100_000))),
        new("long attribute", "toolongtext", sound => InText(sound, $"<a b='{new string('b', 100_000)}'/>")),
        new("long name", "toolongtext", sound => InText(sound, $"<{new string('a', 100_000)}/>")),
        new("CDATA that never ends", "malformed", sound => InText(sound, "<![CDATA[")),
        new("NUL", "malformed", sound => InText(sound, "\0")),
        new("undeclared prefix", "malformed", sound => InText(sound, "<x:a/>")),
        new("trailing document", "malformed", sound => sound + "<a/>"),
        new("confused namespace", "unknownelement", sound => InText(sound, "<dc:Ho xmlns:dc=\"urn:other\">b</dc:Ho>")),
        new("namespace switched off", "unknownelement", sound => InText(sound, "<Ho xmlns=\"\">b</Ho>")),
        new("XInclude", "unknownelement", sound => InText(sound, "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>")),
    ];

    private static string AfterDeclaration(string sound, string text) => sound.Insert(sound.IndexOf("?>", StringComparison.Ordinal) + 2, text);

    private static string Doctype(string sound, string subset) => AfterDeclaration(sound, $"<!DOCTYPE a [{subset}]>");

    // In the name of the one citizen, where there is text.
    private static string InText(string sound, string text) => sound.Replace("Thí Dụ", $"Thí Dụ{text}", StringComparison.Ordinal);
}
