using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using System.Xml.Linq;
using ExchangeBus.Contracts;
using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>
/// Reads a dossier of the linked-service portal: HoSo, a JSON object whose <c>data</c> is a text that holds XML, with files in base64.
/// Module KS becomes <c>vn.portal.linkedbirthsubmitted.v1</c>, KT <c>vn.portal.linkeddeathsubmitted.v1</c>.
/// </summary>
internal sealed class LinkedPortalReader(PortalProcedures procedures)
{
    internal const int MaxBytes = 16 * 1024 * 1024;
    internal const string LinkedDeathSubmitted = EventTypes.LinkedDeathSubmitted;

    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 8 };
    private static readonly string[] Fields = ["id", "maDonVi", "maTTHC", "module", "maHoSo", "ngayTiepNhan", "techId", "data", "fileDinhKem"];

    // Inside a JSON text the declaration of a document says nothing: the text is decoded already. UTF-16 is what .NET writes there.
    private static readonly string[] Declared = ["utf-8", "utf-16"];

    private static LinkedPortalRejections Rejections => LinkedPortalRejections.Instance;

    internal DialectReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
            return new([], [Rejections.TooLarge(MaxBytes)]);
        if (!Utf8.IsValid(utf8.Span))
            return new([], [Rejections.Encoding("", new Position(1, 1))]);
        try
        {
            using var document = JsonDocument.Parse(utf8, Bounded);
            return Read(document.RootElement);
        }
        catch (JsonException malformed)
        {
            var at = new Position((int)(malformed.LineNumber ?? 0) + 1, (int)(malformed.BytePositionInLine ?? 0) + 1);
            return new([], [Rejections.Json(at)]);
        }
    }

    private DialectReading Read(JsonElement root)
    {
        var findings = new Findings(Rejections);
        var fields = new PortalFields(root, "", Fields, findings);
        var module = fields.Required("module", PortalValues.Code);
        if (module is not (null or "KS" or "KT"))
            findings.Add(Rejections.Module());
        var dossier = fields.Required("maHoSo", DossierNumber);
        var receivedAt = fields.Required("ngayTiepNhan", Moment) is not null ? EdgeDates.ReadMoment(LeafValue.Normalize(fields.Text("ngayTiepNhan")!)) : null;
        var procedure = FindProcedure(fields.Required("maTTHC", PortalValues.Code), module, receivedAt, findings);
        var commune = ReadUnit(fields, findings);
        var attachments = fields.Element("fileDinhKem") is { } files ? PortalAttachments.Read(files, findings) : null;
        var flat = ReadData(fields, module, findings);
        if (module == "KS" && flat is not null && !flat.ContainsKey("chaHoTen") && PortalPerson.Read(flat, "cha") is not null)
            findings.Add(Rejections.Missing($"{PortalShapes.Dialect.Within}/hoTich", "chaHoTen"));
        if (!findings.IsEmpty)
            return new([], findings.All);

        var read = module == "KS" ? BirthDossier.Read(flat!) : DeathDossier.Read(flat!);
        if (read is null)
            return new([], [Rejections.OneOf("/data/hoTich", "DkttChuHo / DkttIsTtBo / DkttIsTtMe")]);
        var body = new JsonObject { ["dossierNumber"] = dossier, ["commune"] = commune, ["procedures"] = new JsonArray([.. procedure!.Procedures.Select(p => JsonValue.Create(p))]) };
        foreach (var (name, value) in read)
            body[name] = value?.DeepClone();
        if (attachments is not null)
            body["attachments"] = attachments;
        return new([new DialectEvent(module == "KS" ? EventTypes.LinkedBirthSubmitted : LinkedDeathSubmitted, Utf8Text.Json(body), dossier, receivedAt)], []);
    }

    private PortalProcedure? FindProcedure(string? code, string? module, DateTimeOffset? receivedAt, Findings findings)
    {
        if (code is null || module is not ("KS" or "KT") || receivedAt is null)
            return null;
        var procedure = procedures.Find(module, code, DateOnly.FromDateTime(receivedAt.Value.DateTime));
        if (procedure is null)
            findings.Add(Rejections.Procedure());
        return procedure;
    }

    private static string? ReadUnit(PortalFields fields, Findings findings)
    {
        if (fields.Element("maDonVi") is { ValueKind: JsonValueKind.Number } number)
        {
            // 17329 lost nothing; 4 may have been 00004 or 004.
            if (CitizenValues.Commune.Read(number.GetRawText()) is { } whole)
                return whole;
            findings.Add(Rejections.NumericUnit());
            return null;
        }

        var unit = fields.Required("maDonVi", CitizenValues.Unit);
        if (unit is null or { Length: 5 })
            return unit;
        findings.Add(Rejections.District());
        return null;
    }

    private static JsonObject? ReadData(PortalFields fields, string? module, Findings findings)
    {
        if (fields.Text("data") is not { } text)
        {
            if (!fields.IsPresent("data"))
                findings.Add(Rejections.Missing("", "data"));
            return null;
        }

        if (SafeXml.LoadText(text.TrimStart('\uFEFF'), PortalShapes.Limits, Rejections, PortalShapes.Dialect.Within, Declared, out var unreadable) is not { } root)
        {
            findings.Add(unreadable!);
            return null;
        }

        // The portal wraps the record in a root of any name; some adapters take the wrapping off.
        if (root.Name != Record && root.Elements().Take(2).ToList() is [var only] && root.Name.Namespace == XNamespace.None && !root.HasAttributes)
            root = only;
        if (root.Name != Record)
        {
            findings.Add(Rejections.Root(PortalShapes.Dialect.Within, "hoTich", "hoTich"));
            return null;
        }

        return module switch
        {
            "KS" => new ShapeReader(PortalShapes.Dialect, findings).ReadRoot(root, PortalShapes.Birth),
            "KT" => new ShapeReader(PortalShapes.Dialect, findings).ReadRoot(root, PortalShapes.Death),
            _ => null,
        };
    }

    internal static readonly XName Record = "hoTich";

    private static readonly LeafValue DossierNumber = new(text => PortalValues.IsDossierNumber(text) ? text : null,
        "mã hồ sơ dạng mã cơ quan-yymmdd-số thứ tự", "a dossier number: agency code-yymmdd-number");

    private static readonly LeafValue Moment = new(text => EdgeDates.ReadMoment(text) is null ? null : text, "thời điểm dạng dd/MM/yyyy HH:mm:ss", "a time as dd/MM/yyyy HH:mm:ss");
}
