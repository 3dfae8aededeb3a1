using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ExchangeBus.Intake.Dialects.Xml;

/// <summary>Turns elements into canonical fields by their shape. An element without a value is an absent field.</summary>
internal sealed class ShapeReader(XmlDialect dialect, Findings findings)
{
    private static readonly XNamespace SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    private DialectRejections Rejections => dialect.Rejections;

    /// <summary>Reads an element that must say something, unlike those within it.</summary>
    internal JsonObject ReadRoot(XElement element, XmlGroup group)
    {
        CheckAttributes(element, []);
        return ReadGroup(element, group);
    }

    internal void CheckAttributes(XElement element, ReadOnlySpan<string> known)
    {
        foreach (var attribute in element.Attributes().TakeWhile(_ => !findings.IsFull))
        {
            var isKnown = attribute.IsNamespaceDeclaration || attribute.Name.Namespace == SchemaInstance ||
                (attribute.Name.Namespace == XNamespace.None && known.Contains(attribute.Name.LocalName));
            if (!isKnown)
                findings.Add(Rejections.UnknownAttribute(PathOf(element), ElementPath.Shown(attribute.Name)));
        }
    }

    internal void CheckText(XElement element)
    {
        if (element.Nodes().OfType<XText>().Any(text => !string.IsNullOrWhiteSpace(text.Value)))
            findings.Add(Rejections.Text(PathOf(element)));
    }

    internal void RefuseUnknown(XElement element) => findings.Add(Rejections.UnknownElement(PathOf(element), ElementPath.Shown(element.Name)));

    internal string PathOf(XElement element) => ElementPath.Of(element, dialect);

    private JsonNode? Read(XElement element, XmlShape shape)
    {
        if (shape is XmlReshaped reshaped)
            return ReadReshaped(element, reshaped);
        CheckAttributes(element, []);
        return shape switch
        {
            XmlLeaf leaf => ReadLeaf(element, leaf),
            XmlGroup group => ReadGroupUnlessEmpty(element, group),
            XmlChoice choice => ReadChoice(element, choice),
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
    }

    private JsonNode? ReadReshaped(XElement element, XmlReshaped reshaped)
    {
        var before = findings.Count;
        if (Read(element, reshaped.Inner) is not { } inner || findings.Count > before)
            return null;
        var canonical = reshaped.ToCanonical(inner);
        if (canonical is null)
            findings.Add(Rejections.Value(PathOf(element), reshaped.ExpectedVi, reshaped.ExpectedEn));
        return canonical;
    }

    private JsonNode? ReadLeaf(XElement element, XmlLeaf leaf)
    {
        foreach (var unknown in element.Elements().TakeWhile(_ => !findings.IsFull))
            RefuseUnknown(unknown);
        if (element.HasElements)
            return null;
        if (TextOf(element) is not { } text)
            return leaf.FillerIsUnknown && !string.IsNullOrWhiteSpace(element.Value) ? new JsonObject { ["state"] = "unknown" } : null;
        if (leaf.Value.Read(text) is { } value)
            return JsonValue.Create(value);

        findings.Add(Rejections.Value(PathOf(element), leaf.Value.ExpectedVi, leaf.Value.ExpectedEn));
        return null;
    }

    private JsonObject? ReadGroupUnlessEmpty(XElement element, XmlGroup group)
    {
        if (HasValue(element))
            return ReadGroup(element, group);
        _ = ReadMembers(element, group);
        return null;
    }

    private JsonObject ReadGroup(XElement element, XmlGroup group)
    {
        var fields = ReadMembers(element, group);
        foreach (var names in group.Required.Where(names => !names.Any(name => IsGiven(element.Element(dialect.Namespace + name), fields, group.Elements[name]))))
            findings.Add(Rejections.Missing(PathOf(element), string.Join(" / ", names)));
        return fields;
    }

    // An element whose value is wrong is given: it has a violation of its own.
    private bool IsGiven(XElement? element, JsonObject fields, XmlMember member) =>
        element is not null && (HasValue(element) || fields.ContainsKey(member.Field) || (member.Shape is XmlLeaf && element.HasElements));

    private JsonObject ReadMembers(XElement element, XmlGroup group)
    {
        var fields = new JsonObject();
        foreach (var (child, member) in MembersOf(element, group.Elements))
        {
            if (Read(child, member.Shape) is { } value)
                fields[member.Field] = value;
        }

        return fields;
    }

    private JsonNode? ReadChoice(XElement element, XmlChoice choice)
    {
        var values = MembersOf(element, choice.Elements).Select(pair => Read(pair.Child, pair.Member.Shape)).OfType<JsonNode>().ToList();
        if (values.Count > 1)
            findings.Add(Rejections.OneOf(PathOf(element), string.Join(" / ", choice.Members.Select(member => member.Element).Order(StringComparer.Ordinal))));
        return values.FirstOrDefault();
    }

    private string? TextOf(XElement element) => LeafValue.Normalize(element.Value) is { Length: > 0 } text && !dialect.IsFiller(text) ? text : null;

    private bool HasValue(XElement element) => element.HasElements ? element.Elements().Any(HasValue) : TextOf(element) is not null;

    private IEnumerable<(XElement Child, XmlMember Member)> MembersOf(XElement element, FrozenDictionary<string, XmlMember> members)
    {
        CheckText(element);
        var seen = new HashSet<string>();
        foreach (var child in element.Elements().TakeWhile(_ => !findings.IsFull))
        {
            if (child.Name.Namespace != dialect.Namespace || !members.TryGetValue(child.Name.LocalName, out var member))
                RefuseUnknown(child);
            else if (!seen.Add(member.Element))
                findings.Add(Rejections.Repeated(PathOf(child), ElementPath.Shown(child.Name)));
            else
                yield return (child, member);
        }
    }
}
