using System.Globalization;
using System.Text.Json.Nodes;
using static ExchangeBus.Intake.Dialects.LinkedPortal.PortalPerson;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>Flat fields of a death and the canonical body of <c>vn.portal.linkeddeathsubmitted.v1</c>, both ways.</summary>
internal static class DeathDossier
{
    // The portal names neither the kind of place nor the kind of paper in a list that is published.
    private const string NotKnownKind = "other";

    internal static JsonObject Read(JsonObject flat)
    {
        var body = new JsonObject { ["deathNoticeNumber"] = flat["maGBT"]?.DeepClone() ?? Unknown() };
        if (flat["gbtCoQuanCap"] is { } issuer)
        {
            var proof = new JsonObject { ["kind"] = NotKnownKind };
            Move(flat, "gbtSo", proof, "number");
            Move(flat, "gbtNgay", proof, "issuedOn");
            proof["issuer"] = issuer.DeepClone();
            body["deathProof"] = proof;
        }

        var deceased = PortalPerson.Read(flat, "nkt", "lastResidence")!;
        Move(flat, "nktGioiTinh", deceased, "gender");
        body["deceased"] = deceased;
        body["death"] = ReadDeath(flat);
        body["applicant"] = PortalPerson.Read(flat, "nyc");
        Move(flat, "nycQuanHe", body, "applicantRelation");
        var contact = new JsonObject();
        Move(flat, "nycSoDienThoai", contact, "phone");
        Move(flat, "nycEmail", contact, "email");
        if (contact.Count > 0)
            body["contact"] = contact;
        if ((string?)flat["soLuongBanSao"] is { } copies)
            body["certificateCopies"] = int.Parse(copies, CultureInfo.InvariantCulture);
        return body;
    }

    internal static JsonObject Write(JsonObject body, List<string> leftOut)
    {
        var flat = new JsonObject();
        if (!IsUnknown(body["deathNoticeNumber"]))
            Move(body, "deathNoticeNumber", flat, "maGBT");
        if (body["deathProof"] is JsonObject proof)
        {
            Move(proof, "number", flat, "gbtSo");
            Move(proof, "issuedOn", flat, "gbtNgay");
            Move(proof, "issuer", flat, "gbtCoQuanCap");
            if ((string?)proof["kind"] != NotKnownKind)
                leftOut.Add("/deathProof/kind");
        }

        var deceased = body["deceased"]!.DeepClone().AsObject();
        deceased.Remove("gender", out var gender);
        flat["nktGioiTinh"] = gender;
        PortalPerson.Write(deceased, "nkt", flat, "/deceased", leftOut, "lastResidence");
        WriteDeath(body["death"]!.AsObject(), flat, leftOut);
        PortalPerson.Write(body["applicant"]!.AsObject(), "nyc", flat, "/applicant", leftOut);
        Move(body, "applicantRelation", flat, "nycQuanHe");
        if (body["contact"] is JsonObject contact)
        {
            Move(contact, "phone", flat, "nycSoDienThoai");
            Move(contact, "email", flat, "nycEmail");
        }

        if (body["certificateCopies"] is { } copies)
            flat["soLuongBanSao"] = copies.ToJsonString();
        leftOut.AddRange(((string[])["funeralAllowance", "survivors"]).Where(body.ContainsKey).Select(field => $"/{field}"));
        return flat;
    }

    private static JsonObject ReadDeath(JsonObject flat)
    {
        var death = new JsonObject { ["date"] = flat["nktNgayChet"]!.DeepClone() };
        Move(flat, "nktGioPhutChet", death, "time");
        var place = flat["nktNoiChet"]!.DeepClone();
        death["place"] = place is JsonObject ? place : new JsonObject { ["kind"] = NotKnownKind, ["address"] = new JsonObject { ["detail"] = place } };
        if (flat["nktNguyenNhanChet"] is { } cause)
            death["cause"] = new JsonObject { ["text"] = cause.DeepClone() };
        return death;
    }

    private static void WriteDeath(JsonObject death, JsonObject flat, List<string> leftOut)
    {
        Move(death, "date", flat, "nktNgayChet");
        Move(death, "time", flat, "nktGioPhutChet");
        if (IsUnknown(death["place"]))
            flat["nktNoiChet"] = Unknown();
        else if (death["place"] is JsonObject place)
        {
            if (place["address"] is JsonObject address)
            {
                Move(address, "detail", flat, "nktNoiChet");
                leftOut.AddRange(address.Select(field => field.Key).Where(field => field != "detail").Select(field => $"/death/place/address/{field}"));
            }

            if ((string?)place["kind"] != NotKnownKind)
                leftOut.Add("/death/place/kind");
            leftOut.AddRange(((string[])["facility"]).Where(place.ContainsKey).Select(field => $"/death/place/{field}"));
        }

        if (death["cause"] is JsonObject cause)
        {
            Move(cause, "text", flat, "nktNguyenNhanChet");
            leftOut.AddRange(cause.Select(field => field.Key).Where(field => field != "text").Select(field => $"/death/cause/{field}"));
        }
    }

    private static JsonObject Unknown() => new() { ["state"] = "unknown" };

    private static bool IsUnknown(JsonNode? node) => node is JsonObject fields && JsonNode.DeepEquals(fields, Unknown());
}
