using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects;

/// <summary>CongdanCollection with its CongDan: the part that QCVN 109:2017 and the population database's answers have in common.</summary>
/// <param name="Dialect">Codes and namespace.</param>
/// <param name="Citizen">What a CongDan holds.</param>
/// <param name="CountRequired">Whether SoCongDan must stand; where it stands it must be right.</param>
internal sealed record CitizenCollection(XmlDialect Dialect, XmlGroup Citizen, bool CountRequired)
{
    internal const string CountAttribute = "SoCongDan", TimeAttribute = "ThoiDiemDuLieu", NoteAttribute = "GhiChu";

    internal static readonly XNamespace Namespace = "http://www.mic.gov.vn/dancu/1.0";
    internal static readonly XName Root = Namespace + "CongdanCollection", CitizenName = Namespace + "CongDan";

    internal CitizenReading Read(XElement root, Findings findings)
    {
        var reader = new ShapeReader(Dialect, findings);
        var dataAsOf = CheckRoot(root, reader, findings);
        var citizens = new List<ReadOnlyMemory<byte>>();
        foreach (var element in root.Elements().TakeWhile(_ => !findings.IsFull))
        {
            if (element.Name != CitizenName)
                reader.RefuseUnknown(element);
            else if (reader.ReadRoot(element, Citizen) is var body && findings.IsEmpty)
                citizens.Add(BodyOf(body, dataAsOf));
        }

        return findings.IsEmpty ? new(citizens, root.Attribute(NoteAttribute)?.Value, []) : CitizenReading.Refused(findings.All);
    }

    /// <summary>
    /// The collection of bodies of <c>vn.population.citizenupdated.v1</c>. All must have been true at one moment: a collection has one
    /// ThoiDiemDuLieu.
    /// </summary>
    internal XElement Write(IReadOnlyList<JsonObject> citizens, string? note, Findings findings, out IReadOnlyList<string> leftOut)
    {
        var writer = new ShapeWriter(Dialect, findings);
        var root = new XElement(Root, new XAttribute(XNamespace.Xmlns + "dc", Namespace.NamespaceName));
        if (note is not null)
            root.SetAttributeValue(NoteAttribute, note);
        for (var i = 0; i < citizens.Count; i++)
        {
            var body = citizens[i].DeepClone().AsObject();
            body.Remove("dataAsOf", out var dataAsOf);
            if ((string?)dataAsOf != (string?)citizens[0]["dataAsOf"])
                findings.Add(Dialect.Rejections.NotRepresentable($"/{i}/dataAsOf"));
            if (writer.Write(CitizenName.LocalName, body, Citizen, $"/{i}") is { } element)
                root.Add(element);
        }

        if (citizens.Count > 0 && (string?)citizens[0]["dataAsOf"] is { } time)
        {
            if (CitizenValues.WriteDateTime(time) is { } written)
                root.SetAttributeValue(TimeAttribute, written);
            else
                findings.Add(Dialect.Rejections.NotRepresentable("/0/dataAsOf"));
        }

        root.SetAttributeValue(CountAttribute, citizens.Count);
        leftOut = writer.LeftOut;
        return root;
    }

    private string? CheckRoot(XElement root, ShapeReader reader, Findings findings)
    {
        reader.CheckAttributes(root, [CountAttribute, TimeAttribute, NoteAttribute]);
        reader.CheckText(root);

        var (actual, path) = (root.Elements(CitizenName).Count(), reader.PathOf(root));
        if (CountRequired || root.Attribute(CountAttribute) is not null)
        {
            if (!int.TryParse(root.Attribute(CountAttribute)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                findings.Add(Dialect.Rejections.Value($"{path}/@{CountAttribute}", "số CongDan trong thông điệp", "the number of CongDan in the message"));
            else if (count != actual)
                findings.Add(Dialect.Rejections.Count($"{path}/@{CountAttribute}", actual));
        }

        if (root.Attribute(TimeAttribute)?.Value is not { } time)
            return null;
        var dataAsOf = CitizenValues.ReadDateTime(time);
        if (dataAsOf is null)
            findings.Add(Dialect.Rejections.Value($"{path}/@{TimeAttribute}", "thời điểm dạng YYYY-MM-DDThh:mm:ss", "a time as YYYY-MM-DDThh:mm:ss"));
        return dataAsOf;
    }

    private static byte[] BodyOf(JsonObject body, string? dataAsOf)
    {
        if (dataAsOf is not null)
            body["dataAsOf"] = dataAsOf;
        return Utf8Text.Json(body);
    }
}
