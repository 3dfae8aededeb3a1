using System.Xml.Linq;
using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects.PopulationAnswer;

/// <summary>
/// Reads what the national population database answers to a look-up: a SOAP 1.1 or 1.2 envelope around a CongdanCollection. The
/// envelope's header belongs to the carrier and is not read; it stays in the kept original.
/// </summary>
internal static class PopulationAnswerReader
{
    internal static readonly XmlLimits Limits = new(MaxBytes: 1 << 20, MaxDepth: 10, MaxElements: 50_000);

    internal static readonly CitizenCollection Collection = new(
        new XmlDialect(CitizenCollection.Namespace, PopulationAnswerRejections.Instance, CitizenCollection.CitizenName), PopulationAnswerShapes.Citizen, CountRequired: false);

    internal static readonly XNamespace[] Soap = ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"];

    internal static CitizenReading Read(ReadOnlyMemory<byte> utf8)
    {
        var rejections = PopulationAnswerRejections.Instance;
        if (SafeXml.Load(utf8, Limits, rejections, out var unreadable) is not { } envelope)
            return CitizenReading.Refused(unreadable!);
        if (Array.Find(Soap, soap => envelope.Name == soap + "Envelope") is not { } soap || envelope.Elements(soap + "Body").Take(2).Count() != 1)
            return CitizenReading.Refused(rejections.Root("", "Envelope của SOAP với một Body", "a SOAP Envelope with one Body"));

        var body = envelope.Element(soap + "Body")!;
        if (body.Element(soap + "Fault") is not null)
            return CitizenReading.Refused(rejections.SoapFault());
        var findings = new Findings(rejections);
        var reader = new ShapeReader(Collection.Dialect, findings);
        reader.CheckText(envelope);
        reader.CheckText(body);
        foreach (var stranger in envelope.Elements().Where(element => element != body && element.Name != soap + "Header"))
            reader.RefuseUnknown(stranger);
        var collections = body.Elements(CitizenCollection.Root).Take(2).ToList();
        foreach (var stranger in body.Elements().Where(element => collections.Count == 0 || element != collections[0]).TakeWhile(_ => !findings.IsFull))
            reader.RefuseUnknown(stranger);
        if (collections.Count == 0)
            findings.Add(rejections.Missing("/Envelope/Body", CitizenCollection.Root.LocalName));
        return collections.Count == 0 ? CitizenReading.Refused(findings.All) : Collection.Read(collections[0], findings);
    }
}
