using System.Text.Json.Nodes;
using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>What a HoSo says beside the canonical body.</summary>
/// <param name="ProcedureCode">maTTHC.</param>
/// <param name="ReceivedAt">ngayTiepNhan; the event's time.</param>
/// <param name="BytesOf">The bytes of an attachment by its SHA-256 in lower-case hexadecimal digits; null when they are not at hand.</param>
internal sealed record PortalCover(string ProcedureCode, DateTimeOffset ReceivedAt, Func<string, byte[]?> BytesOf);

/// <summary>
/// Writes a canonical dossier as the portal's HoSo. A name in parts is written whole, which <see cref="Names.NameComparison"/> takes for the
/// same name; all else that is written is read back as it was, and what has no element is named in what was left out.
/// </summary>
internal sealed class LinkedPortalWriter(PortalProcedures procedures)
{
    internal DialectWriting WriteBirth(JsonObject body, PortalCover cover) => Write("KS", body, cover, PortalShapes.Birth, BirthDossier.Write);

    internal DialectWriting WriteDeath(JsonObject body, PortalCover cover) => Write("KT", body, cover, PortalShapes.Death, DeathDossier.Write);

    private DialectWriting Write(string module, JsonObject body, PortalCover cover, XmlGroup shape, Func<JsonObject, List<string>, JsonObject> flatten)
    {
        var findings = new Findings(LinkedPortalRejections.Instance);
        var leftOut = new List<string>();
        CheckProcedures(module, body, cover, findings);
        var writer = new ShapeWriter(PortalShapes.Dialect, findings);
        var record = writer.Write(LinkedPortalReader.Record.LocalName, flatten(body, leftOut), shape, "");
        var dossier = new JsonObject
        {
            ["maDonVi"] = body["commune"]!.DeepClone(),
            ["maTTHC"] = cover.ProcedureCode,
            ["module"] = module,
            ["maHoSo"] = body["dossierNumber"]!.DeepClone(),
            ["ngayTiepNhan"] = EdgeDates.WriteMoment(cover.ReceivedAt),
            ["data"] = record?.ToString(System.Xml.Linq.SaveOptions.DisableFormatting),
        };
        if (body["attachments"] is JsonArray attachments)
            dossier["fileDinhKem"] = PortalAttachments.Write(attachments, cover.BytesOf, findings.Add);
        return findings.IsEmpty ? new(Utf8Text.Json(dossier), [], leftOut) : new(null, findings.All, leftOut);
    }

    // The payload says the procedure, and the procedure says what is linked: another choice would be lost.
    private void CheckProcedures(string module, JsonObject body, PortalCover cover, Findings findings)
    {
        var chosen = body["procedures"]!.AsArray().Select(p => (string?)p);
        var day = DateOnly.FromDateTime(cover.ReceivedAt.ToOffset(TimeSpan.FromHours(7)).DateTime);
        if (procedures.Find(module, cover.ProcedureCode, day)?.Procedures is not { } linked || !linked.ToHashSet().SetEquals(chosen.OfType<string>()))
            findings.Add(LinkedPortalRejections.Instance.NotRepresentable("/procedures"));
    }
}
