using System.Text.Json.Nodes;

namespace ExchangeBus.Intake.Dialects.Qcvn109;

/// <summary>
/// Writes bodies of population/citizenupdated as one message of QCVN 109:2017/BTTTT. What it writes, <see cref="Qcvn109Reader"/> reads
/// back as the same bodies. A year of birth is written as Nam; a year with a month, which the regulation has no place for, is refused
/// rather than cut or filled in.
/// </summary>
internal static class Qcvn109Writer
{
    internal static DialectWriting Write(IReadOnlyList<JsonObject> citizens, string? note = null)
    {
        var findings = new Findings(Qcvn109Rejections.Instance);
        var root = Qcvn109Reader.Collection.Write(citizens, note, findings, out var leftOut);
        return findings.IsEmpty ? new(Utf8Text.Xml(root), [], leftOut) : new(null, findings.All, leftOut);
    }
}
