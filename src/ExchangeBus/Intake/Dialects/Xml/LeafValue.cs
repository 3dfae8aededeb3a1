using System.Text.RegularExpressions;
using System.Xml;
using ExchangeBus.Intake.Dialects.Names;

namespace ExchangeBus.Intake.Dialects.Xml;

/// <summary>What a leaf may hold. Both directions answer null for what the other side cannot say; the two texts say what was expected.</summary>
internal sealed partial record LeafValue(Func<string, string?> Read, Func<string, string?> Write, string ExpectedVi, string ExpectedEn)
{
    /// <summary>A value that is written as it is read.</summary>
    internal LeafValue(Func<string, string?> read, string expectedVi, string expectedEn)
        : this(read, canonical => canonical, expectedVi, expectedEn)
    {
    }

    /// <summary>The text of an element: letters composed, runs of blanks one space, none at the ends.</summary>
    internal static string Normalize(string text) => VietnameseLetters.Compose(Blanks().Replace(text, " ").Trim());

    /// <summary>The dialect's text for a canonical value, when it is read back as exactly that value.</summary>
    internal string? WriteExactly(string canonical) =>
        Write(canonical) is { Length: > 0 } text && Normalize(text) == text && text.All(XmlOrSurrogate) && IsWellFormed(text) && Read(text) == canonical ? text : null;

    private static bool XmlOrSurrogate(char character) => XmlConvert.IsXmlChar(character) || char.IsSurrogate(character);

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Blanks();
}
