using System.Text.Json.Nodes;
using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>
/// A person in flat elements that begin alike (<c>meHoTen</c>, <c>meNgaySinh</c> …) and the canonical adult. The whole name is the
/// canonical given name: where it would have to be cut is not known.
/// </summary>
internal static class PortalPerson
{
    internal static IEnumerable<XmlMember> Elements(string prefix, bool hasBirth = true) =>
    [
        PortalShapes.Leaf($"{prefix}HoTen", PortalValues.Name),
        .. hasBirth ? [PortalShapes.Leaf($"{prefix}NgaySinh", PortalValues.PartialDate), .. Details(prefix)] : (XmlMember[])[Identity(prefix)],
    ];

    internal static IEnumerable<XmlMember> Details(string prefix) =>
    [
        PortalShapes.Leaf($"{prefix}DanToc", CitizenValues.Ethnicity),
        PortalShapes.Leaf($"{prefix}QuocTich", CitizenValues.Country),
        PortalShapes.Leaf($"{prefix}NoiCuTru", PortalValues.Text),
        Identity(prefix),
    ];

    /// <summary>The canonical person; null when nothing is said of one.</summary>
    internal static JsonObject? Read(JsonObject flat, string prefix, string residence = "residence")
    {
        var person = new JsonObject();
        ReadIdentity(flat[$"{prefix}SoGiayToTuyThan"], person);
        if (flat[$"{prefix}HoTen"] is { } name)
            person["name"] = name is JsonObject ? name.DeepClone() : new JsonObject { ["given"] = name.DeepClone() };
        Move(flat, $"{prefix}NgaySinh", person, "birthDate");
        Move(flat, $"{prefix}DanToc", person, "ethnicity");
        Move(flat, $"{prefix}QuocTich", person, "nationality");
        if (flat[$"{prefix}NoiCuTru"] is { } detail)
            person[residence] = new JsonObject { ["detail"] = detail.DeepClone() };
        return person.Count > 0 ? person : null;
    }

    /// <summary>The flat fields of a canonical person; pointers of what the portal has no element for are added to <paramref name="leftOut"/>.</summary>
    internal static void Write(JsonObject person, string prefix, JsonObject flat, string pointer, List<string> leftOut, string residence = "residence")
    {
        string[] said = ["personalId", "oldIdCard", "identityDocument", "name", "birthDate", "ethnicity", "nationality", residence];
        leftOut.AddRange(person.Select(field => field.Key).Except(said).Select(field => $"{pointer}/{field}"));
        WriteIdentity(person, $"{prefix}SoGiayToTuyThan", flat, pointer, leftOut);
        if (person["name"] is JsonObject name)
            flat[$"{prefix}HoTen"] = WholeName(name);
        Move(person, "birthDate", flat, $"{prefix}NgaySinh");
        Move(person, "ethnicity", flat, $"{prefix}DanToc");
        Move(person, "nationality", flat, $"{prefix}QuocTich");
        if (person[residence] is not JsonObject address)
            return;
        Move(address, "detail", flat, $"{prefix}NoiCuTru");
        leftOut.AddRange(address.Select(field => field.Key).Where(field => field != "detail").Select(field => $"{pointer}/{residence}/{field}"));
    }

    /// <summary>12 digits are a personal id, 9 an old identity card; anything else is a document of which only the number is known.</summary>
    internal static void ReadIdentity(JsonNode? number, JsonObject person)
    {
        if ((string?)number is not { } text)
            return;
        if (CitizenValues.PersonalId.Read(text) is not null)
            person["personalId"] = text;
        else if (CitizenValues.OldIdCard.Read(text) is not null)
            person["oldIdCard"] = text;
        else
            person["identityDocument"] = new JsonObject { ["kind"] = "other", ["number"] = text };
    }

    internal static void WriteIdentity(JsonObject person, string field, JsonObject flat, string pointer, List<string> leftOut)
    {
        foreach (var name in (string[])["personalId", "oldIdCard", "identityDocument"])
        {
            if (person[name] is not { } identity)
                continue;
            // There is one element: the best number goes into it.
            if (flat.ContainsKey(field))
                leftOut.Add($"{pointer}/{name}");
            else
                flat[field] = (identity is JsonObject document && document["number"] is { } number ? number : identity).DeepClone();
        }
    }

    /// <summary>The name as one text. A name in parts comes back whole: the same name by <see cref="Names.NameComparison"/>.</summary>
    internal static JsonNode WholeName(JsonObject name) =>
        name["given"] is null ? name.DeepClone() : string.Join(' ', ((string?[])[(string?)name["family"], (string?)name["middle"], (string?)name["given"]]).Where(part => !string.IsNullOrEmpty(part)));

    internal static void Move(JsonObject from, string field, JsonObject to, string name)
    {
        if (from[field] is { } value)
            to[name] = value.DeepClone();
    }

    private static XmlMember Identity(string prefix) => PortalShapes.Leaf($"{prefix}SoGiayToTuyThan", PortalValues.IdentityNumber);
}
