using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ExchangeBus.Intake.Dialects;

/// <summary>
/// Reads citizen messages of QCVN 109:2017/BTTTT (Circular 02/2017/TT-BTTTT) into bodies of population/citizenupdated.
/// Bad input is answered with every violation at once; it never throws.
/// </summary>
internal static class Qcvn109
{
    internal const string CountAttribute = "SoCongDan", TimeAttribute = "ThoiDiemDuLieu", NoteAttribute = "GhiChu";

    internal static readonly XNamespace Namespace = "http://www.mic.gov.vn/dancu/1.0";
    internal static readonly XNamespace SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
    internal static readonly XName Citizen = Namespace + "CongDan";

    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads at most one byte more than the limit of 1 MiB from the stream.</summary>
    internal static async Task<Qcvn109Reading> ReadAsync(Stream message, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Qcvn109Document.MaxBytes + 1);
        try
        {
            var length = await message.ReadAtLeastAsync(buffer, Qcvn109Document.MaxBytes + 1, throwOnEndOfStream: false, cancellationToken);
            return Read(buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    internal static Qcvn109Reading Read(ReadOnlyMemory<byte> utf8)
    {
        if (Qcvn109Document.Load(utf8, out var unreadable) is not { } root)
            return Qcvn109Reading.Refused(unreadable!);
        if (root.Name != Namespace + "CongdanCollection")
            return Qcvn109Reading.Refused(Qcvn109Violations.Root());

        var violations = new Qcvn109Findings();
        var dataAsOf = CheckRoot(root, violations);
        var citizens = new List<ReadOnlyMemory<byte>>();
        foreach (var element in root.Elements().TakeWhile(_ => !violations.IsFull))
        {
            if (element.Name != Citizen)
                violations.Add(Qcvn109Violations.UnknownElement(element));
            else if (Qcvn109Mapping.Map(element, Qcvn109Shapes.Citizen, violations) is JsonObject body && violations.IsEmpty)
                citizens.Add(Write(body, dataAsOf));
        }

        return violations.IsEmpty ? new(citizens, root.Attribute(NoteAttribute)?.Value, []) : Qcvn109Reading.Refused(violations.All);
    }

    private static string? CheckRoot(XElement root, Qcvn109Findings violations)
    {
        Qcvn109Mapping.CheckAttributes(root, [CountAttribute, TimeAttribute, NoteAttribute], violations);
        Qcvn109Mapping.CheckText(root, violations);

        var actual = root.Elements(Citizen).Count();
        if (!int.TryParse(root.Attribute(CountAttribute)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var stated))
            violations.Add(Qcvn109Violations.Attribute(root, CountAttribute, "số CongDan trong thông điệp", "the number of CongDan in the message"));
        else if (stated != actual)
            violations.Add(Qcvn109Violations.Count(root, actual));

        if (root.Attribute(TimeAttribute)?.Value is not { } time)
            return null;
        var dataAsOf = Qcvn109Values.ReadDateTime(time);
        if (dataAsOf is null)
            violations.Add(Qcvn109Violations.Attribute(root, TimeAttribute, "thời điểm dạng YYYY-MM-DDThh:mm:ss", "a time as YYYY-MM-DDThh:mm:ss"));
        return dataAsOf;
    }

    private static byte[] Write(JsonObject body, string? dataAsOf)
    {
        if (dataAsOf is not null)
            body["dataAsOf"] = dataAsOf;
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Unescaped))
            body.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
