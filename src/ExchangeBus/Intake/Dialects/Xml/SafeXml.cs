using System.Text;
using System.Xml;
using System.Xml.Linq;
using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects.Xml;

/// <summary>
/// Bytes to a tree of bounded size and depth, from XML 1.0 in UTF-8 without DTD and without processing instructions; nothing
/// outside the bytes is ever read.
/// </summary>
internal static class SafeXml
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static XElement? Load(ReadOnlyMemory<byte> utf8, XmlLimits limits, DialectRejections rejections, out Violation? violation)
    {
        violation = utf8.Length > limits.MaxBytes ? rejections.TooLarge(limits.MaxBytes) : null;
        if (violation is not null)
            return null;
        try
        {
            var text = StrictUtf8.GetString(utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8.Span[3..] : utf8.Span);
            return LoadText(text, limits, rejections, "", ["utf-8"], out violation);
        }
        catch (DecoderFallbackException)
        {
            violation = rejections.Encoding("", PositionOfInvalidUtf8(utf8.Span));
            return null;
        }
    }

    /// <param name="text">The document, decoded already.</param>
    /// <param name="limits">Its bounds; bytes are counted as characters here.</param>
    /// <param name="rejections">The dialect's codes.</param>
    /// <param name="within">Where the document stands in the message; empty when it is the message.</param>
    /// <param name="encodings">What the XML declaration may name.</param>
    /// <param name="violation">Why there is no tree.</param>
    internal static XElement? LoadText(string text, XmlLimits limits, DialectRejections rejections, string within, string[] encodings, out Violation? violation)
    {
        violation = text.Length > limits.MaxBytes ? rejections.TooLongText(within, limits.MaxBytes, new Position(1, 1)) : null;
        if (violation is not null)
            return null;
        try
        {
            violation = Survey(text, limits, rejections, within, encodings);
            if (violation is not null)
                return null;

            using var reader = Open(text, limits);
            return XElement.Load(reader);
        }
        catch (XmlException malformed)
        {
            violation = malformed.LineNumber == 0 && PositionOfDoctype(text) is { } doctype
                ? rejections.Dtd(within, doctype)
                : rejections.Malformed(within, new Position(Math.Max(malformed.LineNumber, 1), Math.Max(malformed.LinePosition, 1)));
            return null;
        }
    }

    /// <summary>Reads to the end without keeping anything, so that no tree is built of a message that goes over a limit.</summary>
    private static Violation? Survey(string text, XmlLimits limits, DialectRejections rejections, string within, string[] encodings)
    {
        using var reader = Open(text, limits);
        var elements = 0;
        while (reader.Read())
        {
            if (reader.Depth > limits.MaxDepth)
                return rejections.TooDeep(within, limits.MaxDepth, At(reader));
            switch (reader.NodeType)
            {
                case XmlNodeType.ProcessingInstruction:
                    return rejections.Instruction(within, At(reader));
                case XmlNodeType.XmlDeclaration when reader.GetAttribute("encoding") is { } encoding && !encodings.Contains(encoding, StringComparer.OrdinalIgnoreCase):
                    return rejections.Encoding(within, At(reader));
                case XmlNodeType.Element when ++elements > limits.MaxElements:
                    return rejections.TooManyElements(within, limits.MaxElements, At(reader));
                case XmlNodeType.Element when reader.AttributeCount > XmlLimits.MaxAttributes:
                    return rejections.TooManyAttributes(within, XmlLimits.MaxAttributes, At(reader));
                case XmlNodeType.Element when reader.Name.Length > XmlLimits.MaxText || HasLongAttribute(reader):
                case XmlNodeType.Text or XmlNodeType.CDATA when reader.Value.Length > XmlLimits.MaxText:
                    return rejections.TooLongText(within, XmlLimits.MaxText, At(reader));
            }
        }

        return null;
    }

    private static bool HasLongAttribute(XmlReader reader)
    {
        for (var i = 0; i < reader.AttributeCount; i++)
        {
            if (reader.GetAttribute(i).Length > XmlLimits.MaxText)
                return true;
        }

        return false;
    }

    private static Position At(XmlReader reader) => reader is IXmlLineInfo info && info.HasLineInfo() ? new(info.LineNumber, info.LinePosition) : new(1, 1);

    // A prohibited DTD is an exception without a place. The declaration can only stand before the root, after blanks, comments and instructions.
    private static Position? PositionOfDoctype(string text)
    {
        var rest = text.AsSpan().TrimStart();
        while (!rest.StartsWith("<!DOCTYPE", StringComparison.Ordinal))
        {
            var end = rest.StartsWith("<!--", StringComparison.Ordinal) ? "-->" : rest.StartsWith("<?", StringComparison.Ordinal) ? "?>" : null;
            if (end is null || rest.IndexOf(end, StringComparison.Ordinal) is not (> 0 and var at))
                return null;
            rest = rest[(at + end.Length)..].TrimStart();
        }

        var before = text.AsSpan(0, text.Length - rest.Length);
        return new Position(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private static Position PositionOfInvalidUtf8(ReadOnlySpan<byte> utf8)
    {
        int line = 1, column = 1;
        while (Rune.DecodeFromUtf8(utf8, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + 1);
            utf8 = utf8[length..];
        }

        return new Position(line, column);
    }

    private static XmlReader Open(string text, XmlLimits limits) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = limits.MaxBytes + 1,
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        CloseInput = true,
    });
}
