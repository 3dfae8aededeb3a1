using System.Text;
using System.Xml;
using System.Xml.Linq;
using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects;

/// <summary>Bytes to a tree of bounded size and depth, from XML 1.0 in UTF-8 without DTD; nothing outside the bytes is ever read.</summary>
internal static class Qcvn109Document
{
    internal const int MaxBytes = 1 << 20, MaxDepth = 8, MaxElements = 50_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static XElement? Load(ReadOnlyMemory<byte> utf8, out Violation? violation)
    {
        violation = utf8.Length > MaxBytes ? Qcvn109Violations.TooLarge(MaxBytes) : null;
        if (violation is not null)
            return null;

        try
        {
            var text = StrictUtf8.GetString(utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8.Span[3..] : utf8.Span);
            violation = Survey(text);
            if (violation is not null)
                return null;

            using var reader = Open(text);
            return XElement.Load(reader);
        }
        catch (DecoderFallbackException)
        {
            violation = Qcvn109Violations.Encoding();
        }
        catch (XmlException malformed)
        {
            violation = utf8.Span.IndexOf("<!DOCTYPE"u8) >= 0
                ? Qcvn109Violations.Dtd()
                : Qcvn109Violations.Malformed(malformed.LineNumber, malformed.LinePosition);
        }

        return null;
    }

    /// <summary>Reads to the end without keeping anything, so that no tree is built of a message that goes over a limit.</summary>
    private static Violation? Survey(string text)
    {
        using var reader = Open(text);
        var elements = 0;
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
                return Qcvn109Violations.TooDeep(MaxDepth);
            if (reader.NodeType == XmlNodeType.Element && ++elements > MaxElements)
                return Qcvn109Violations.TooManyElements(MaxElements);
            if (reader.NodeType == XmlNodeType.XmlDeclaration && reader.GetAttribute("encoding") is { } encoding &&
                !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                return Qcvn109Violations.Encoding();
        }

        return null;
    }

    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxBytes,
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    });
}
