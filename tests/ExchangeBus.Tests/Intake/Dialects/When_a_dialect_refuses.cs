using ExchangeBus.Contracts;
using ExchangeBus.Intake.Dialects;
using ExchangeBus.Intake.Dialects.LinkedPortal;
using ExchangeBus.Intake.Dialects.PopulationAnswer;
using ExchangeBus.Intake.Dialects.Qcvn109;

namespace ExchangeBus.Tests.Intake.Dialects;

internal sealed class When_a_dialect_refuses
{
    private static IEnumerable<TestCaseData> Catalogues()
    {
        yield return new TestCaseData("qcvn109", Qcvn109Rejections.All).SetArgDisplayNames("qcvn109");
        yield return new TestCaseData("populationanswer", PopulationAnswerRejections.All).SetArgDisplayNames("populationanswer");
        yield return new TestCaseData("linkedportal", LinkedPortalRejections.All).SetArgDisplayNames("linkedportal");
    }

    [TestCaseSource(nameof(Catalogues))]
    public void Should_list_every_code_in_both_languages(string prefix, IReadOnlyList<Violation> all)
    {
        Assert.That(all.Select(v => v.Code), Has.All.StartWith($"{prefix}.").And.No.Empty);
        Assert.That(all, Has.All.Matches<Violation>(v => v!.MessageVi.Length > 0 && v.MessageEn.Length > 0 && v.MessageVi != v.MessageEn));
    }

    [Test]
    public void Should_say_the_line_and_the_column()
    {
        var violation = Qcvn109Reader.Read("<a>\n  <b>\n    </c>\n</a>"u8.ToArray()).Violations.Single();

        Assert.That(violation.MessageEn, Does.Contain("line 3, column 7"));
        Assert.That(violation.MessageVi, Does.Contain("dòng 3, cột 7"));
    }

    [TestCase("<a>\n\n<?b?></a>", 3, 3)]
    [TestCase("\n<!DOCTYPE a><a/>", 2, 1)]
    public void Should_say_where_what_is_not_taken_begins(string message, int line, int column) =>
        Assert.That(Qcvn109Reader.Read(System.Text.Encoding.UTF8.GetBytes(message)).Violations.Single().MessageEn, Does.Contain($"line {line}, column {column}"));

    [Test]
    public void Should_say_where_the_bytes_are_not_UTF_8() =>
        Assert.That(Qcvn109Reader.Read((byte[])[.. "<a>\nviệ"u8, 0xC3, .. "</a>"u8]).Violations.Single().MessageEn, Does.Contain("line 2, column 4"));

    [Test]
    public void Should_not_read_on_after_a_limit()
    {
        var watch = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (var attack in XmlAttacks.All)
            _ = Qcvn109Reader.Read(System.Text.Encoding.UTF8.GetBytes(attack.Around(Qcvn109.Qcvn109Message.With(Qcvn109.Qcvn109Message.Citizen))));

        Assert.That(System.Diagnostics.Stopwatch.GetElapsedTime(watch), Is.LessThan(TimeSpan.FromSeconds(20)), "all attacks together, on a slow machine");
    }

    [Test]
    public void Should_know_every_dialect_by_a_name_of_its_own() =>
        Assert.That(new[] { KnownDialects.Qcvn109.Name, KnownDialects.PopulationAnswer.Name, new KnownDialects(LinkedPortal.PortalDossier.Procedures).LinkedPortal.Name }, Is.Unique);
}
