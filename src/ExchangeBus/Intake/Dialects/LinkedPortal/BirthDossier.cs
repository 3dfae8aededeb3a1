using System.Text.Json.Nodes;
using static ExchangeBus.Intake.Dialects.LinkedPortal.PortalPerson;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>Flat fields of a birth and the canonical body of <c>vn.portal.linkedbirthsubmitted.v1</c>, both ways.</summary>
internal static class BirthDossier
{
    private static readonly string[] HeadFields = ["DkttIsTtBo", "DkttIsTtMe", "DkttChuHo"];

    /// <summary>Null when the head of the household is not one of mother, father and a named person.</summary>
    internal static JsonObject? Read(JsonObject flat)
    {
        var body = new JsonObject { ["birthNoticeNumber"] = flat["maGCS"]!.DeepClone(), ["child"] = ReadChild(flat), ["mother"] = PortalPerson.Read(flat, "me") };
        var father = PortalPerson.Read(flat, "cha");
        if (father is not null)
            body["father"] = father;
        body["applicant"] = PortalPerson.Read(flat, "nyc");
        Move(flat, "nycQuanHe", body, "applicantRelation");
        if (ReadHead(flat, body["mother"]!.AsObject(), father) is not { } head)
            return null;
        body["householdHead"] = head;
        Move(flat, "DkttMaQuanHe", body, "householdHeadRelation");
        return body;
    }

    internal static JsonObject Write(JsonObject body, List<string> leftOut)
    {
        var flat = new JsonObject();
        Move(body, "birthNoticeNumber", flat, "maGCS");
        WriteChild(body["child"]!.AsObject(), flat, leftOut);
        PortalPerson.Write(body["mother"]!.AsObject(), "me", flat, "/mother", leftOut);
        if (body["father"] is JsonObject father)
            PortalPerson.Write(father, "cha", flat, "/father", leftOut);
        PortalPerson.Write(body["applicant"]!.AsObject(), "nyc", flat, "/applicant", leftOut);
        Move(body, "applicantRelation", flat, "nycQuanHe");
        WriteHead(body, flat, leftOut);
        Move(body, "householdHeadRelation", flat, "DkttMaQuanHe");
        return flat;
    }

    private static JsonObject ReadChild(JsonObject flat)
    {
        var child = new JsonObject { ["name"] = new JsonObject { ["given"] = flat["nksHoTen"]!.DeepClone() } };
        Move(flat, "nksGioiTinh", child, "gender");
        Move(flat, "nksNgaySinh", child, "birthDate");
        var place = new JsonObject();
        Move(flat, "nksNoiSinhDVHC", place, "unit");
        Move(flat, "nksNoiSinh", place, "detail");
        child["birthPlace"] = place;
        if (flat["nksQueQuan"] is { } native)
            child["nativePlace"] = new JsonObject { ["detail"] = native.DeepClone() };
        Move(flat, "nksDanToc", child, "ethnicity");
        Move(flat, "nksQuocTich", child, "nationality");
        return child;
    }

    private static void WriteChild(JsonObject child, JsonObject flat, List<string> leftOut)
    {
        flat["nksHoTen"] = WholeName(child["name"]!.AsObject());
        Move(child, "gender", flat, "nksGioiTinh");
        Move(child, "birthDate", flat, "nksNgaySinh");
        Move(child, "ethnicity", flat, "nksDanToc");
        Move(child, "nationality", flat, "nksQuocTich");
        WritePlace(child, "birthPlace", [("unit", "nksNoiSinhDVHC"), ("detail", "nksNoiSinh")], flat, leftOut);
        WritePlace(child, "nativePlace", [("detail", "nksQueQuan")], flat, leftOut);
        leftOut.AddRange(child.Select(field => field.Key).Except(["name", "gender", "birthDate", "birthPlace", "nativePlace", "ethnicity", "nationality"]).Select(field => $"/child/{field}"));
    }

    private static void WritePlace(JsonObject child, string field, (string Field, string Element)[] parts, JsonObject flat, List<string> leftOut)
    {
        if (child[field] is not JsonObject place)
            return;
        foreach (var (part, element) in parts)
            Move(place, part, flat, element);
        leftOut.AddRange(place.Select(part => part.Key).Except(parts.Select(part => part.Field)).Select(part => $"/child/{field}/{part}"));
    }

    private static JsonObject? ReadHead(JsonObject flat, JsonObject mother, JsonObject? father)
    {
        var said = HeadFields.Where(field => flat[field] is { } value && (string?)value != "0").ToList();
        switch (said)
        {
            case ["DkttIsTtBo"]:
                return father?.DeepClone().AsObject();
            case ["DkttIsTtMe"]:
                return mother.DeepClone().AsObject();
            case ["DkttChuHo"]:
                var head = new JsonObject();
                ReadIdentity(flat["DkttChuhoSoGiayTo"], head);
                head["name"] = new JsonObject { ["given"] = flat["DkttChuHo"]!.DeepClone() };
                return head;
            default:
                return null;
        }
    }

    private static void WriteHead(JsonObject body, JsonObject flat, List<string> leftOut)
    {
        var head = body["householdHead"]!.AsObject();
        if (JsonNode.DeepEquals(head, body["father"]))
            flat["DkttIsTtBo"] = "1";
        else if (JsonNode.DeepEquals(head, body["mother"]))
            flat["DkttIsTtMe"] = "1";
        else
        {
            flat["DkttChuHo"] = WholeName(head["name"]!.AsObject());
            WriteIdentity(head, "DkttChuhoSoGiayTo", flat, "/householdHead", leftOut);
            leftOut.AddRange(head.Select(field => field.Key).Except(["name", "personalId", "oldIdCard", "identityDocument"]).Select(field => $"/householdHead/{field}"));
        }
    }
}
