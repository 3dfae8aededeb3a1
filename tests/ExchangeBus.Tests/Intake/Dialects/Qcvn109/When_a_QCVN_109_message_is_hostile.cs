using System.Text;
using CsCheck;
using ExchangeBus.Intake.Dialects.Qcvn109;

namespace ExchangeBus.Tests.Intake.Dialects.Qcvn109;

internal sealed class When_a_QCVN_109_message_is_hostile
{
    private static IEnumerable<TestCaseData> Unreadable()
    {
        var sound = Qcvn109Message.With(Qcvn109Message.Citizen);
        yield return Case("empty", "", "qcvn109.malformed");
        yield return Case("JSON", "{}", "qcvn109.malformed");
        yield return Case("cut short", sound[..^30], "qcvn109.malformed");
        yield return Case("undeclared entity", sound.Replace("Phan", "&lol;", StringComparison.Ordinal), "qcvn109.malformed");
        yield return Case("control character", sound.Replace("Phan", "&#1;", StringComparison.Ordinal), "qcvn109.malformed");
        yield return Case("DTD", sound.Replace("<dc:CongdanCollection", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><dc:CongdanCollection", StringComparison.Ordinal), "qcvn109.dtd");
        yield return Case("DTD after comments", "<!-- a -->\n<!-- <!DOCTYPE b> -->\n  <!DOCTYPE x>" + sound[sound.IndexOf("<dc:Con", StringComparison.Ordinal)..], "qcvn109.dtd");
        yield return Case("DOCTYPE only in a comment", "<!-- <!DOCTYPE x> --><a>", "qcvn109.malformed");
        foreach (var attack in XmlAttacks.All)
            yield return Case(attack.Name, attack.Around(sound), $"qcvn109.{attack.Code}");
        yield return Case("wrong root", sound.Replace("CongdanCollection", "CongDanCollection", StringComparison.Ordinal), "qcvn109.root");
        yield return Case("wrong namespace", sound.Replace("dancu/1.0", "dancu/2.0", StringComparison.Ordinal), "qcvn109.root");
        yield return Case("no namespace", "<CongdanCollection SoCongDan='0'/>", "qcvn109.root");
        yield return Case("declared in another encoding", sound.Replace("UTF-8", "windows-1258", StringComparison.Ordinal), "qcvn109.encoding");
        yield return Case("deep", string.Concat(Enumerable.Repeat("<a>", 100_000)), "qcvn109.toodeep");
        yield return Case("large", sound + new string(' ', Qcvn109Reader.Limits.MaxBytes), "qcvn109.toolarge");
        yield return Case("many elements", $"<a>{string.Concat(Enumerable.Repeat("<b/>", Qcvn109Reader.Limits.MaxElements))}</a>", "qcvn109.toomanyelements");
        yield return new TestCaseData(Encoding.Unicode.GetBytes(sound), "qcvn109.encoding").SetArgDisplayNames("UTF-16");
        yield return new TestCaseData((byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(sound)], "qcvn109.encoding").SetArgDisplayNames("UTF-16 with mark");
    }

    [TestCaseSource(nameof(Unreadable))]
    public void Should_answer_with_one_violation(byte[] message, string code)
    {
        var reading = Qcvn109Reader.Read(message);

        Assert.That(reading.Citizens, Is.Empty);
        Assert.That(reading.Violations.Select(violation => violation.Code), Is.EqualTo([code]));
    }

    [Test]
    public void Should_answer_and_never_throw_when_any_bytes_are_changed()
    {
        var sound = Encoding.UTF8.GetBytes(Qcvn109Message.With(Qcvn109Message.Citizen));

        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte, Gen.Int[0, 40]).Array[1, 4].Sample(changes =>
        {
            var message = sound.ToList();
            foreach (var (at, value, cut) in changes)
            {
                message[at % message.Count] = value;
                message.RemoveRange(at % message.Count, Math.Min(cut / 20, message.Count - (at % message.Count)));
            }

            var reading = Qcvn109Reader.Read(message.ToArray());

            Assert.That(reading.Citizens.Count == 1, Is.EqualTo(reading.IsTaken));
        }, iter: 2_000);
    }

    private static TestCaseData Case(string name, string message, string code) =>
        new TestCaseData(Encoding.UTF8.GetBytes(message), code).SetArgDisplayNames(name);
}
