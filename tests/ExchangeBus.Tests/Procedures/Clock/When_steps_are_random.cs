using System.Text.Json;
using CsCheck;
using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.LinkedBirth;

namespace ExchangeBus.Tests.Procedures.Clock;

[TestFixture]
public sealed class When_steps_are_random
{
    // What a saga's state is written with.
    private static readonly JsonSerializerOptions Json = new PostgreSqlSagaOptions<LinkedBirthState>().Json;

    [Test]
    public void Should_say_what_a_count_of_minutes_says()
    {
        var (late, paused) = (0, 0);
        RandomStep.Any.Sample(
            random =>
            {
                var (step, now) = (random.Step, random.Now);
                var (reading, model) = (Law.Clock.Read(step, now), new MinuteClock(step, now));

                Assert.That(reading.DueAt, Is.EqualTo(model.DueAt!.Value), "due");
                Assert.That(reading.Remaining, Is.EqualTo(model.Total > model.Used ? model.Total - model.Used : TimeSpan.Zero), "remaining");
                Assert.That(reading.Lateness, Is.EquivalentTo(model.Late.Select(l => new Lateness(l.Key, l.Value))), "late hours");
                if (reading.Lateness.Count > 1) Interlocked.Increment(ref late);
                if (step.Pauses.Count > 1) Interlocked.Increment(ref paused);
            },
            iter: 800, print: Print);

        Assert.That(late, Is.GreaterThan(20), "steps that two agencies were late with");
        Assert.That(paused, Is.GreaterThan(40), "steps with several pauses");
    }

    [Test]
    public void Should_never_use_more_time_than_the_limit_before_the_due_date() => RandomStep.Any.Sample(
        random =>
        {
            var (step, now) = (random.Step, random.Now);
            var due = Law.Clock.Read(step, now).DueAt;
            if (due > now)
                return;
            Assert.That(new MinuteClock(step, due).Used, Is.EqualTo(new MinuteClock(step, due).Total));
        },
        iter: 200, print: Print);

    [Test]
    public void Should_never_move_a_due_date_back() => RandomStep.Any.Sample(
        random =>
        {
            var (step, due) = (random.Begun, DateTimeOffset.MinValue);
            foreach (var happening in random.Happenings)
            {
                due = NotBefore(due, Law.Clock.Read(step, happening.At));
                step = happening.To(step);
                due = NotBefore(due, Law.Clock.Read(step, happening.At));
            }

            NotBefore(due, Law.Clock.Read(step, random.Now));
        },
        iter: 3_000, print: Print);

    [Test]
    public void Should_not_notice_a_pause_that_ends_at_once() => RandomStep.Any.Sample(
        random =>
        {
            var step = random.Step.Resumed(random.Now);

            Assert.That(Written(step.Paused(random.Now).Resumed(random.Now)), Is.EqualTo(Written(step)));
        },
        iter: 1_000, print: Print);

    [Test]
    public void Should_warn_before_the_due_date_and_expect_it_no_earlier_than_it_is() => RandomStep.Any.Sample(
        random =>
        {
            var reading = Law.Clock.Read(random.Step, random.Now);

            Assert.That(reading.WarnAt, Is.LessThan(reading.DueAt));
            Assert.That(reading.ExpectedDueAt, Is.GreaterThanOrEqualTo(reading.DueAt));
        },
        iter: 3_000, print: Print);

    [Test]
    public void Should_say_the_same_after_it_was_stored() => RandomStep.Any.Sample(
        random =>
        {
            var stored = JsonSerializer.Deserialize<StepClock>(Written(random.Step), Json)!;
            var (before, after) = (Law.Clock.Read(random.Step, random.Now), Law.Clock.Read(stored, random.Now));

            Assert.That(after.Lateness, Is.EqualTo(before.Lateness));
            Assert.That(after with { Lateness = [] }, Is.EqualTo(before with { Lateness = [] }));
        },
        iter: 1_000, print: Print);

    [Test]
    public void Should_be_small_in_the_state_of_a_dossier() => Assert.That(Written(Law.Step("2026-11-16 10:00", 2)), Has.Length.LessThan(256));

    private static DateTimeOffset NotBefore(DateTimeOffset due, ClockReading reading)
    {
        Assert.That(reading.DueAt, Is.GreaterThanOrEqualTo(due));
        return reading.DueAt;
    }

    private static string Written(StepClock step) => JsonSerializer.Serialize(step, Json);

    private static string Print(RandomStep random) => $"{Written(random.Step)} read at {random.Now:O}";
}
