using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>
/// The files of a dossier as a claim check: the event names each by its SHA-256, and the bytes stay in the kept original. No place to
/// fetch them from is named, because the portal names none. A file that is marked as withdrawn (huyGiayTo) is not part of the dossier any
/// more, so the event does not name it.
/// </summary>
internal static class PortalAttachments
{
    internal const int MaxAttachments = 20;

    private static readonly string[] Fields = ["id", "loaiGiayTo", "tenGiayTo", "tenTepDinhKem", "huyGiayTo", "duLieuTepDinhKem"];

    // The first bytes of the types that the portal takes; the name of a file is the sender's word only.
    private static readonly (byte[] Begin, string MediaType)[] Signatures =
        [([.. "%PDF-"u8], "application/pdf"), ([0xFF, 0xD8, 0xFF], "image/jpeg"), ([0x89, .. "PNG"u8], "image/png"), ([.. "PK"u8, 3, 4], "application/zip")];

    /// <summary>Null when there are none.</summary>
    internal static JsonArray? Read(JsonElement files, Findings findings)
    {
        var rejections = LinkedPortalRejections.Instance;
        if (files.ValueKind == JsonValueKind.Null)
            return null;
        if (files.ValueKind != JsonValueKind.Array)
        {
            findings.Add(rejections.Value("/fileDinhKem", "một mảng", "an array"));
            return null;
        }

        if (files.GetArrayLength() > MaxAttachments)
        {
            findings.Add(rejections.TooManyAttachments(MaxAttachments));
            return null;
        }

        var attachments = new JsonArray();
        var index = 0;
        foreach (var file in files.EnumerateArray())
        {
            if (ReadFile(new PortalFields(file, $"/fileDinhKem/{index++}", Fields, findings), findings) is { } attachment)
                attachments.Add(attachment);
        }

        return attachments.Count > 0 ? attachments : null;
    }

    private static JsonObject? ReadFile(PortalFields file, Findings findings)
    {
        var kind = file.Required("loaiGiayTo", PortalValues.Code);
        var name = file.Optional("tenTepDinhKem", PortalValues.Text) ?? file.Required("tenGiayTo", PortalValues.Text);
        var withdrawn = file.Flag("huyGiayTo");
        if (file.Base64("duLieuTepDinhKem") is not { } bytes || kind is null || name is null || withdrawn || !findings.IsEmpty)
            return null;
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new JsonObject { ["kind"] = kind, ["name"] = name, ["mediaType"] = MediaTypeOf(bytes), ["sha256"] = hash };
    }

    /// <summary>The files of a body again, with the bytes that <paramref name="bytesOf"/> has for their hashes.</summary>
    internal static JsonArray Write(JsonArray attachments, Func<string, byte[]?> bytesOf, Action<Violation> refuse)
    {
        var files = new JsonArray();
        for (var i = 0; i < attachments.Count; i++)
        {
            var attachment = attachments[i]!.AsObject();
            if ((string?)attachment["sha256"] is not { } hash || bytesOf(hash) is not { } bytes || Convert.ToHexStringLower(SHA256.HashData(bytes)) != hash)
            {
                refuse(LinkedPortalRejections.Instance.NotRepresentable($"/attachments/{i}/sha256"));
                continue;
            }

            files.Add(new JsonObject
            {
                ["loaiGiayTo"] = attachment["kind"]!.DeepClone(),
                ["tenTepDinhKem"] = attachment["name"]!.DeepClone(),
                ["duLieuTepDinhKem"] = Convert.ToBase64String(bytes),
            });
        }

        return files;
    }

    private static string MediaTypeOf(ReadOnlySpan<byte> bytes)
    {
        foreach (var (begin, mediaType) in Signatures)
        {
            if (bytes.StartsWith(begin))
                return mediaType;
        }

        return "application/octet-stream";
    }
}
