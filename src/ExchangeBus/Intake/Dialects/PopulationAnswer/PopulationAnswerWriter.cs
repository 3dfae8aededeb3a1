using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ExchangeBus.Intake.Dialects.PopulationAnswer;

/// <summary>
/// Writes bodies of population/citizenupdated as an answer of the population database (SOAP 1.1). What it writes,
/// <see cref="PopulationAnswerReader"/> reads back as the same bodies.
/// </summary>
internal static class PopulationAnswerWriter
{
    internal static DialectWriting Write(IReadOnlyList<JsonObject> citizens)
    {
        var findings = new Findings(PopulationAnswerRejections.Instance);
        var collection = PopulationAnswerReader.Collection.Write(citizens, note: null, findings, out var leftOut);
        if (!findings.IsEmpty)
            return new(null, findings.All, leftOut);
        var soap = PopulationAnswerReader.Soap[0];
        var envelope = new XElement(soap + "Envelope", new XAttribute(XNamespace.Xmlns + "soapenv", soap.NamespaceName), new XElement(soap + "Body", collection));
        return new(Utf8Text.Xml(envelope), [], leftOut);
    }
}
