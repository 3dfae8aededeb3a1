using System.Xml.Linq;

namespace ExchangeBus.Intake.Dialects.Xml;

/// <summary>Where an element stands in the sender's message: names from the root, <c>/CongdanCollection/CongDan[2]/HoVaTen</c>.</summary>
internal static class ElementPath
{
    private const int MaxShownName = 64;

    internal static string Of(XElement element, XmlDialect dialect)
    {
        var parent = element.Parent is { } above ? Of(above, dialect) : dialect.Within;
        var position = element.Name == dialect.Repeated ? $"[{element.ElementsBeforeSelf(element.Name).Count() + 1}]" : "";
        return $"{parent}/{Shown(element.Name)}{position}";
    }

    internal static string Shown(XName name) =>
        name.LocalName.Length <= MaxShownName ? name.LocalName : string.Concat(name.LocalName.AsSpan(0, MaxShownName), "…");
}
