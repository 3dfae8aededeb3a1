using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ExchangeBus.Intake.Dialects.Names;

namespace ExchangeBus.Intake.Dialects.Xml;

/// <summary>What stands inside an element, and which canonical value it is: the same shape is read and written.</summary>
internal abstract record XmlShape
{
    protected static FrozenDictionary<string, XmlMember> ByElement(IReadOnlyList<XmlMember> members) => members.ToFrozenDictionary(member => member.Element);
}

/// <summary>Text only.</summary>
/// <param name="Value">What it may be.</param>
/// <param name="FillerIsUnknown">Whether the dialect's filler becomes <c>{"state": "unknown"}</c>, and not an absent field.</param>
internal sealed record XmlLeaf(LeafValue Value, bool FillerIsUnknown = false) : XmlShape;

/// <summary>
/// Elements that become the fields of an object, in the order in which they are written. Of each set in
/// <paramref name="Required"/> one element must have a value.
/// </summary>
internal sealed record XmlGroup(IReadOnlyList<XmlMember> Members, string[][] Required) : XmlShape
{
    internal FrozenDictionary<string, XmlMember> Elements { get; } = ByElement(Members);
}

/// <summary>Elements of which at most one has a value, and that value is the field itself.</summary>
internal sealed record XmlChoice(IReadOnlyList<XmlMember> Members) : XmlShape
{
    internal FrozenDictionary<string, XmlMember> Elements { get; } = ByElement(Members);
}

/// <summary>
/// A shape whose value is another in the canonical form. <paramref name="ToCanonical"/> and <paramref name="FromCanonical"/> are each
/// other's inverse and answer null for what the other side cannot say; the two texts say what was expected.
/// </summary>
/// <param name="Inner">What stands in the element.</param>
/// <param name="ToCanonical">From the value of <paramref name="Inner"/>.</param>
/// <param name="FromCanonical">To the value of <paramref name="Inner"/>.</param>
/// <param name="LeftOut">Canonical fields that the dialect has no element for.</param>
/// <param name="ExpectedVi">What was expected, in Vietnamese.</param>
/// <param name="ExpectedEn">What was expected, in English.</param>
internal sealed record XmlReshaped(
    XmlShape Inner, Func<JsonNode, JsonNode?> ToCanonical, Func<JsonNode, JsonNode?> FromCanonical, string[] LeftOut, string ExpectedVi, string ExpectedEn) : XmlShape;

/// <summary>An element and the canonical field that it becomes.</summary>
internal sealed record XmlMember(string Element, string Field, XmlShape Shape);

/// <summary>What the elements of a dialect have in common.</summary>
/// <param name="Namespace">Of its elements.</param>
/// <param name="Rejections">Its codes.</param>
/// <param name="Repeated">The element that may stand more than once; paths number it.</param>
/// <param name="Filler">The text that stands where there is nothing to say; null when the dialect leaves such an element empty.</param>
/// <param name="Within">Where the document stands in the message; begins every path.</param>
internal sealed record XmlDialect(XNamespace Namespace, DialectRejections Rejections, XName? Repeated = null, string? Filler = null, string Within = "")
{
    private readonly string? _filler = Filler is null ? null : NameComparison.Key(Filler);

    internal bool IsFiller(string text) => _filler is not null && NameComparison.Key(text) == _filler;
}
