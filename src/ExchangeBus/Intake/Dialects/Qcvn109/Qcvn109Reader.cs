using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects.Qcvn109;

/// <summary>
/// Reads citizen messages of QCVN 109:2017/BTTTT (Circular 02/2017/TT-BTTTT) into bodies of population/citizenupdated.
/// Bad input is answered with every violation at once; it never throws.
/// </summary>
internal static class Qcvn109Reader
{
    internal static readonly XmlLimits Limits = new(MaxBytes: 1 << 20, MaxDepth: 8, MaxElements: 50_000);

    internal static readonly CitizenCollection Collection = new(
        new XmlDialect(CitizenCollection.Namespace, Qcvn109Rejections.Instance, CitizenCollection.CitizenName), Qcvn109Shapes.Citizen, CountRequired: true);

    internal static CitizenReading Read(ReadOnlyMemory<byte> utf8)
    {
        var rejections = Qcvn109Rejections.Instance;
        if (SafeXml.Load(utf8, Limits, rejections, out var unreadable) is not { } root)
            return CitizenReading.Refused(unreadable!);
        if (root.Name != CitizenCollection.Root)
            return CitizenReading.Refused(rejections.Root("", $"CongdanCollection trong không gian tên {CitizenCollection.Namespace}", $"CongdanCollection in the namespace {CitizenCollection.Namespace}"));
        return Collection.Read(root, new Findings(rejections));
    }
}
