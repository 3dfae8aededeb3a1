using System.Text;
using static ExchangeBus.Tests.Checks.CheckedEvent;

namespace ExchangeBus.Tests.Checks.Rules;

internal sealed class When_dates_of_a_record_are_checked
{
    [TestCase("""{"birthDate":"2026-11-01","registeredOn":"2026-11-01"}""", "")]
    [TestCase("""{"birthDate":"2026-11-02","registeredOn":"2026-11-01"}""", "/registeredOn date.order Error")]
    [TestCase("""{"registeredOn":"2026-11-01","birthDate":"2026"}""", "")]
    [TestCase("""{"registeredOn":"2025-12-31","birthDate":"2026"}""", "/registeredOn date.order Error")]
    [TestCase("""{"birthDate":"2024-02-29","deathDate":"2024-02-28"}""", "/deathDate date.order Error")]
    [TestCase("""{"birthDate":"2024-02-29","deathDate":"2024-02"}""", "")]
    [TestCase("""{"deathDate":"2026-11-03","registeredOn":"2026-11-02"}""", "/registeredOn date.order Error")]
    [TestCase("""{"birthDate":"2026-11-03","signedOn":"2026-11-02"}""", "/signedOn date.order Error")]
    [TestCase("""{"validFrom":"2026-11-03","validUntil":"2026-11-02"}""", "/validUntil date.order Error")]
    [TestCase("""{"validFrom":"2026-11-03","validUntil":"2032-11-03"}""", "")]
    [TestCase("""{"birthDate":"2026-11-26"}""", "", TestName = "Should_judge(tomorrow is within the grace)")]
    [TestCase("""{"birthDate":"2026-11-27"}""", "/birthDate date.future Error")]
    [TestCase("""{"birthDate":"2027"}""", "/birthDate date.future Error")]
    [TestCase("""{"birthDate":"2026"}""", "")]
    [TestCase("""{"happenedOn":"2026-11-20","dueAt":"2026-11-19T17:00:00+07:00"}""", "/dueAt date.due Warning")]
    [TestCase("""{"happenedOn":"2026-11-20","dueAt":"2026-11-19T17:00:00Z"}""", "", TestName = "Should_judge(a due time is read in Vietnam)")]
    [TestCase("""{"registeredOn":"2026-01-01","book":"01/2026","number":"24/2026"}""", "")]
    [TestCase("""{"registeredOn":"2026-01-01","book":"01/2025"}""", "/book book.year Error")]
    [TestCase("""{"registeredOn":"2026-01-01","number":"24/2025"}""", "/number recordnumber.year Warning")]
    [TestCase("""{"registeredOn":"2026-01-01","number":"24"}""", "")]
    [TestCase("""{"birthDate":"2025-12-31","notice":"00042.GCS.01901.25"}""", "")]
    [TestCase("""{"birthDate":"2025-12-31","notice":"00042.GCS.01901.26"}""", "", TestName = "Should_judge(born on New Year's Eve, noticed the day after)")]
    [TestCase("""{"birthDate":"2025-12-31","notice":"00042.GCS.01901.24"}""", "/notice notice.year Warning")]
    [TestCase("""{"birthDate":"2025-12-31","notice":"00042.GCS.00000.25"}""", "/notice notice.facility Warning")]
    public void Should_judge(string body, string expected) => Assert.That(string.Join(", ", Said(Check(body))), Is.EqualTo(expected));

    [Test]
    public void Should_count_today_in_Vietnam()
    {
        // 17:30 in Greenwich is half past midnight of the next day here.
        var checks = NewChecks(new DateTimeOffset(2026, 11, 25, 17, 30, 0, TimeSpan.Zero));

        Assert.That(Said(Of(checks, """{"birthDate":"2026-11-27"}"""u8.ToArray())), Is.Empty);
        Assert.That(Said(Of(checks, """{"birthDate":"2026-11-28"}"""u8.ToArray())), Is.EqualTo(new[] { "/birthDate date.future Error" }));
    }

    [Test]
    public void Should_warn_of_an_event_from_the_future() =>
        Assert.That(Check("{}", Now.AddDays(2)).Warnings.Select(w => w.Code), Is.EqualTo(new[] { "time.future" }));

    [Test]
    public void Should_say_what_the_schema_says_and_what_the_rules_say_together()
    {
        var outcome = Check("""{"birthDate":"2027-01-01","personalId":"12","nationality":"XX","unknown":1}""");

        Assert.That(Said(outcome), Is.EquivalentTo(new[]
        {
            "/birthDate date.future Error", "/personalId schema.pattern Error", "/nationality code.unknown Error", "/unknown schema.additionalProperties Error",
        }));
    }

    [Test]
    public void Should_say_a_bounded_number_of_reasons_and_that_there_are_more()
    {
        var checks = NewChecks(configure: options => options.MaxViolations = 5);
        var people = string.Join(',', Enumerable.Repeat("""{"name":{"given":"A"},"personalId":"001199000123","birthDate":"1998"}""", 20));
        var outcome = Of(checks, Encoding.UTF8.GetBytes($$"""{"people":[{{people}}],"nationality":"XX"}"""));

        Assert.That(outcome.Verdict, Is.EqualTo(ExchangeBus.Checks.Verdict.Invalid), "warnings must not hide what refuses");
        Assert.That(outcome.Violations, Has.Count.EqualTo(6));
        Assert.That(outcome.Violations[0].Code, Is.EqualTo("code.unknown"));
        Assert.That(outcome.Violations[^1].Code, Is.EqualTo("limit.violations"));
    }
}
