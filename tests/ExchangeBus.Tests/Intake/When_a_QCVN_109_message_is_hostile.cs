using System.Text;
using CsCheck;
using ExchangeBus.Intake.Dialects;

namespace ExchangeBus.Tests.Intake;

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
        yield return Case("wrong root", sound.Replace("CongdanCollection", "CongDanCollection", StringComparison.Ordinal), "qcvn109.root");
        yield return Case("wrong namespace", sound.Replace("dancu/1.0", "dancu/2.0", StringComparison.Ordinal), "qcvn109.root");
        yield return Case("no namespace", "<CongdanCollection SoCongDan='0'/>", "qcvn109.root");
        yield return Case("declared in another encoding", sound.Replace("UTF-8", "windows-1258", StringComparison.Ordinal), "qcvn109.encoding");
        yield return Case("deep", string.Concat(Enumerable.Repeat("<a>", 100_000)), "qcvn109.toodeep");
        yield return Case("large", sound + new string(' ', Qcvn109Document.MaxBytes), "qcvn109.toolarge");
        yield return Case("many elements", $"<a>{string.Concat(Enumerable.Repeat("<b/>", Qcvn109Document.MaxElements))}</a>", "qcvn109.toomanyelements");
        yield return new TestCaseData(Encoding.Unicode.GetBytes(sound), "qcvn109.encoding").SetArgDisplayNames("UTF-16");
        yield return new TestCaseData((byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(sound)], "qcvn109.encoding").SetArgDisplayNames("UTF-16 with mark");
    }

    [TestCaseSource(nameof(Unreadable))]
    public void Should_answer_with_one_violation(byte[] message, string code)
    {
        var reading = Qcvn109.Read(message);

        Assert.That(reading.Citizens, Is.Empty);
        Assert.That(reading.Violations.Select(violation => violation.Code), Is.EqualTo([code]));
    }

    [Test]
    public void Should_stop_reading_a_stream_that_never_ends()
    {
        var endless = new EndlessStream();

        Assert.That(async () => (await Qcvn109.ReadAsync(endless, CancellationToken.None)).Violations.Single().Code, Is.EqualTo("qcvn109.toolarge"));
        Assert.That(endless.Given, Is.LessThan(2L * Qcvn109Document.MaxBytes + 1));
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

            var reading = Qcvn109.Read(message.ToArray());

            Assert.That(reading.Citizens.Count == 1, Is.EqualTo(reading.IsTaken));
        }, iter: 2_000);
    }

    private static TestCaseData Case(string name, string message, string code) =>
        new TestCaseData(Encoding.UTF8.GetBytes(message), code).SetArgDisplayNames(name);

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
