using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ExchangeBus.Intake.Dialects.Xml;

/// <summary>
/// Turns canonical fields into elements by their shape. What is written is read back as exactly what it was; a value of which that
/// is not true is a violation, and a field without an element is named in <see cref="LeftOut"/>.
/// </summary>
internal sealed class ShapeWriter(XmlDialect dialect, Findings findings)
{
    private readonly List<string> _leftOut = [];

    /// <summary>JSON pointers into the canonical body.</summary>
    internal IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Null when nothing of the value can be written.</summary>
    internal XElement? Write(string element, JsonNode value, XmlShape shape, string pointer)
    {
        if (StateOf(value) is { } state)
            return WriteState(element, state, shape, pointer);
        return shape switch
        {
            XmlLeaf leaf => WriteLeaf(element, value, leaf, pointer),
            XmlGroup group => WriteGroup(element, value, group, pointer),
            XmlChoice choice => WriteChoice(element, value, choice, pointer),
            XmlReshaped reshaped => WriteReshaped(element, value, reshaped, pointer),
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
    }

    // That something is unknown, or that there is none, most dialects cannot say: they know an element or no element.
    private XElement? WriteState(string element, string state, XmlShape shape, string pointer)
    {
        if (shape is XmlLeaf { FillerIsUnknown: true })
            return state == "unknown" ? new XElement(dialect.Namespace + element, dialect.Filler) : Refuse(pointer);
        _leftOut.Add(pointer);
        return null;
    }

    private XElement? WriteLeaf(string element, JsonNode value, XmlLeaf leaf, string pointer)
    {
        if (TextOf(value) is not { } text)
            return Refuse(pointer);
        // A part of a name may be empty in the canonical form, which says the same as a part that is absent.
        if (text.Length == 0)
            return null;
        return leaf.Value.WriteExactly(text) is { } written && !dialect.IsFiller(written)
            ? new XElement(dialect.Namespace + element, written)
            : Refuse(pointer);
    }

    private XElement? WriteGroup(string element, JsonNode value, XmlGroup group, string pointer)
    {
        if (value is not JsonObject fields)
            return Refuse(pointer);
        var children = group.Members
            .Select(member => fields[member.Field] is { } field ? Write(member.Element, field, member.Shape, $"{pointer}/{member.Field}") : null)
            .OfType<XElement>().ToList();
        _leftOut.AddRange(fields.Select(field => field.Key).Except(group.Members.Select(member => member.Field)).Select(field => $"{pointer}/{field}"));
        return children.Count > 0 ? new XElement(dialect.Namespace + element, children) : null;
    }

    private XElement? WriteChoice(string element, JsonNode value, XmlChoice choice, string pointer)
    {
        foreach (var member in choice.Members)
        {
            if (member.Shape is XmlLeaf leaf && TextOf(value) is { } text && leaf.Value.WriteExactly(text) is { } written)
                return new XElement(dialect.Namespace + element, new XElement(dialect.Namespace + member.Element, written));
        }

        return Refuse(pointer);
    }

    private XElement? WriteReshaped(string element, JsonNode value, XmlReshaped reshaped, string pointer)
    {
        if (value is JsonObject fields)
            _leftOut.AddRange(reshaped.LeftOut.Where(fields.ContainsKey).Select(field => $"{pointer}/{field}"));
        return reshaped.FromCanonical(value) is { } inner ? Write(element, inner, reshaped.Inner, pointer) : Refuse(pointer);
    }

    private XElement? Refuse(string pointer)
    {
        findings.Add(dialect.Rejections.NotRepresentable(pointer));
        return null;
    }

    private static string? StateOf(JsonNode value) => value is JsonObject { Count: 1 } fields && fields["state"] is { } state ? TextOf(state) : null;

    private static string? TextOf(JsonNode value) => value is JsonValue text && text.TryGetValue<string>(out var found) ? found : null;
}
