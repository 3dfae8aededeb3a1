using System.Globalization;
using ExchangeBus.Contracts;
using static ExchangeBus.Tests.Checks.CheckedEvent;

namespace ExchangeBus.Tests.Checks.Rules;

/// <summary>Invented numbers; the envelope is shown in clear.</summary>
internal sealed class When_an_envelope_names_a_person
{
    [TestCase("001321000123")]
    [TestCase("123456789")]
    [TestCase("999999999999", TestName = "Should_refuse(twelve digits alone)")]
    [TestCase("birth-001321000123")]
    [TestCase("001095000123/2026")]
    [TestCase("hồ sơ 040099000001 của mẹ")]
    [TestCase("G22.99.08-261123-000042-001321000123")]
    [TestCase("0192f0c1-7f3a-7cc1-8d5e-aa001321000123 001321000123")]
    [TestCase("CCCD001321000123")]
    [TestCase("so001321000123")]
    [TestCase("hồ sơ/mẹ040099000001/2026")]
    [TestCase("001095000123TE")]
    [TestCase("CMND123456789")]
    [TestCase("số cmnd: 123456789 của cha")]
    [TestCase("birth/CMT-012345678/1")]
    public void Should_refuse(string text)
    {
        Assert.That(Codes(text), Is.EqualTo(new[] { "/id", "/subject", "/correlationid" }));
        Assert.That(NewChecks().CheckContent(EventOf("{}"u8.ToArray()) with { Subject = text }).Violations.Select(v => v.Code), Is.EqualTo(new[] { "envelope.personal" }));
    }

    [TestCase("G22.99.08-261123-000042")]
    [TestCase("00123.GCS.01234.26")]
    [TestCase("12/2026")]
    [TestCase("01/2026/TP-KS")]
    [TestCase("0192f0c1-7f3a-7cc1-8d5e-001321000123", TestName = "Should_take(the end of a UUID)")]
    [TestCase("urn:uuid:0192f0c1-7f3a-7cc1-8d5e-001321000123")]
    [TestCase("a001321000123", TestName = "Should_take(digits of a hash)")]
    [TestCase("3fbc001321000123", TestName = "Should_take(a key of the bus)")]
    [TestCase("FACE001321000123", TestName = "Should_take(a key in capitals)")]
    [TestCase("001321000123fade", TestName = "Should_take(the end of a hash)")]
    [TestCase("AB001321000123CD", TestName = "Should_take(digits between letters)")]
    [TestCase("K7PQ001321000123", TestName = "Should_take(digits among digits and letters)")]
    [TestCase("KS000000012345", TestName = "Should_take(a running number)")]
    [TestCase("event-123456789", TestName = "Should_take(nine digits of a running number)")]
    [TestCase("2026-11-28T23:00:00.123456789Z", TestName = "Should_take(nanoseconds)")]
    [TestCase("CMND-1234567890", TestName = "Should_take(ten digits)")]
    [TestCase("x-0013210001234", TestName = "Should_take(thirteen digits)")]
    [TestCase("x-00132100012", TestName = "Should_take(eleven digits)")]
    [TestCase("x-000321000123", TestName = "Should_take(no province)")]
    [TestCase("x-001421000123", TestName = "Should_take(the next century)")]
    [TestCase("x-001327000123", TestName = "Should_take(a year that has not come)")]
    public void Should_take(string text) => Assert.That(Codes(text), Is.Empty);

    [Test]
    public void Should_take_the_numbers_that_software_makes()
    {
        var random = new Random(6);
        const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var uuid = new byte[16];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(uuid);
            var at = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.NextInt64(10L * 365 * 86_400));
            string[] texts =
            [
                string.Create(CultureInfo.InvariantCulture, $"G{random.Next(1, 40):00}.{random.Next(100):00}.{random.Next(100):00}-{at:yyMMdd}-{random.Next(1_000_000):000000}"),
                new Guid(uuid).ToString("D"), new Guid(uuid).ToString("N"), "01" + new string(random.GetItems<char>(Crockford, 24)),
                string.Create(CultureInfo.InvariantCulture, $"event-{at:yyyyMMddHHmmss}-{random.Next(1_000)}"), string.Create(CultureInfo.InvariantCulture, $"e-{at:yyyyMMddHHmm}"),
                string.Create(CultureInfo.InvariantCulture, $"e-{at:yyMMddHHmmss}"), $"e-{at.ToUnixTimeMilliseconds()}", $"e-{at.ToUnixTimeSeconds()}", $"e-{at.Ticks}",
                string.Create(CultureInfo.InvariantCulture, $"{random.Next(100_000):00000}.GCS.{random.Next(100_000):00000}.{at:yy}"), $"{random.Next(1_000)}/{at.Year}",
                // A key of the bus, a trace's ids, short ids of other software, running numbers behind a word.
                Convert.ToHexStringLower(uuid.AsSpan(0, 8)), Convert.ToHexString(uuid.AsSpan(0, 8)), Convert.ToHexStringLower(uuid.AsSpan(0, 7)), new string(random.GetItems<char>(Crockford, 16)),
                string.Create(CultureInfo.InvariantCulture, $"KS{at:yyyyMMddHHmm}"), string.Create(CultureInfo.InvariantCulture, $"HS{random.Next(100_000_000):D12}"), $"e-{random.Next(100_000_000, 1_000_000_000)}",
            ];
            foreach (var text in texts)
            {
                if (Codes(text) is { Count: > 0 })
                    Assert.Fail(text);
            }
        }
    }

    [Test]
    public void Should_allocate_nothing_for_a_clean_event()
    {
        var checks = NewChecks();
        var cloudEvent = EventOf("""{"happenedOn":"2026-11-20","name":{"family":"Nguyễn","given":"Văn An"},"personalId":"001095000123","gender":"male"}"""u8.ToArray(), Now) with { Subject = "G22.99.08-261123-000042" };
        cloudEvent = cloudEvent.With(ExtensionAttributes.CorrelationId, "G22.99.08-261123-000042").With(ExtensionAttributes.CausationId, "0192f0c1-7f3a-7cc1-8d5e-001321000123");
        for (var i = 0; i < 100; i++)
            Assert.That(checks.CheckContent(cloudEvent).Violations, Is.Empty);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            checks.CheckContent(cloudEvent);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static List<string> Codes(string text)
    {
        var findings = new ExchangeBus.Checks.Findings(10);
        ExchangeBus.Checks.Rules.PersonalNumberRule.Check(
            (EventOf(default!) with { Id = text, Subject = text }).With(ExtensionAttributes.CorrelationId, text), Units.Value, new DateOnly(2026, 11, 25), findings);
        return [.. findings.Take(null).Violations.Select(v => v.Pointer)];
    }

    private static readonly Lazy<ExchangeBus.Checks.CodeLists.AdministrativeUnits> Units =
        new(() => ExchangeBus.Checks.CodeLists.CodeListFolder.Load(Path.Combine(Schemas.SchemaFolder.Root, "code-lists")).Units);
}
