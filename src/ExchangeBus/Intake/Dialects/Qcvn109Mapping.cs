using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ExchangeBus.Intake.Dialects;

/// <summary>Turns elements into canonical fields by their shape. An element without a value is an absent field.</summary>
internal static partial class Qcvn109Mapping
{
    internal static JsonNode? Map(XElement element, Qcvn109Shape shape, Qcvn109Findings violations)
    {
        CheckAttributes(element, [], violations);
        return shape switch
        {
            Qcvn109Leaf leaf => MapLeaf(element, leaf, violations),
            Qcvn109Group group => MapGroup(element, group, violations),
            Qcvn109Choice choice => MapChoice(element, choice, violations),
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
    }

    internal static void CheckAttributes(XElement element, ReadOnlySpan<string> known, Qcvn109Findings violations)
    {
        foreach (var attribute in element.Attributes().TakeWhile(_ => !violations.IsFull))
        {
            var isKnown = attribute.IsNamespaceDeclaration || attribute.Name.Namespace == Qcvn109.SchemaInstance ||
                (attribute.Name.Namespace == XNamespace.None && known.Contains(attribute.Name.LocalName));
            if (!isKnown)
                violations.Add(Qcvn109Violations.UnknownAttribute(element, attribute));
        }
    }

    internal static void CheckText(XElement element, Qcvn109Findings violations)
    {
        if (element.Nodes().OfType<XText>().Any(text => !string.IsNullOrWhiteSpace(text.Value)))
            violations.Add(Qcvn109Violations.Text(element));
    }

    private static JsonValue? MapLeaf(XElement element, Qcvn109Leaf leaf, Qcvn109Findings violations)
    {
        foreach (var unknown in element.Elements().TakeWhile(_ => !violations.IsFull))
            violations.Add(Qcvn109Violations.UnknownElement(unknown));
        if (element.HasElements)
            return null;

        var text = VietnameseLetters.Compose(Whitespace().Replace(element.Value, " ").Trim());
        if (text.Length == 0)
            return null;
        if (leaf.Value.Convert(text) is { } value)
            return JsonValue.Create(value);

        violations.Add(Qcvn109Violations.Value(element, leaf.Value.ExpectedVi, leaf.Value.ExpectedEn));
        return null;
    }

    private static JsonObject? MapGroup(XElement element, Qcvn109Group group, Qcvn109Findings violations)
    {
        var fields = new JsonObject();
        foreach (var (child, member) in MembersOf(element, group.Members, violations))
        {
            if (Map(child, member.Shape, violations) is { } value)
                fields[member.Field] = value;
        }

        if (element.Name != Qcvn109.Citizen && !HasText(element))
            return null;
        foreach (var names in group.Required.Where(names => !names.Any(name => HasText(element.Element(Qcvn109.Namespace + name)))))
            violations.Add(Qcvn109Violations.Missing(element, string.Join(" / ", names)));
        return fields;
    }

    private static JsonNode? MapChoice(XElement element, Qcvn109Choice choice, Qcvn109Findings violations)
    {
        var values = MembersOf(element, choice.Members, violations)
            .Select(pair => Map(pair.Child, pair.Member.Shape, violations))
            .OfType<JsonNode>()
            .ToList();
        if (values.Count > 1)
            violations.Add(Qcvn109Violations.OneOf(element, string.Join(" / ", choice.Members.Keys.Order(StringComparer.Ordinal))));
        return values.FirstOrDefault();
    }

    private static bool HasText(XElement? element) => element is not null && !string.IsNullOrWhiteSpace(element.Value);

    private static IEnumerable<(XElement Child, Qcvn109Member Member)> MembersOf(
        XElement element, FrozenDictionary<string, Qcvn109Member> members, Qcvn109Findings violations)
    {
        CheckText(element, violations);
        var seen = new HashSet<string>();
        foreach (var child in element.Elements().TakeWhile(_ => !violations.IsFull))
        {
            if (child.Name.Namespace != Qcvn109.Namespace || !members.TryGetValue(child.Name.LocalName, out var member))
                violations.Add(Qcvn109Violations.UnknownElement(child));
            else if (!seen.Add(member.Element))
                violations.Add(Qcvn109Violations.Repeated(child));
            else
                yield return (child, member);
        }
    }

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Whitespace();
}
