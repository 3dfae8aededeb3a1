using ExchangeBus.CloudEvents.Sql;

namespace ExchangeBus.Tests.CloudEventsSql;

public class When_an_evaluation_is_explained
{
    [Test]
    public void Should_show_each_part_with_its_place_and_value()
    {
        var explanation = CesqlExpression.Parse("(type = 'a') AND priority + 1 > 5").Explain(new Attributes(("type", "a"), ("priority", 3)));

        Assert.That(explanation.Result.Value.Boolean, Is.False);
        Assert.That(explanation.Steps.Select(s => (s.Column, s.Depth, s.Text, s.Value?.ToString())), Is.EqualTo(new (int, int, string, string?)[]
        {
            (1, 0, "(type = 'a') AND priority + 1 > 5", "false"),
            (2, 1, "type = 'a'", "true"),
            (2, 2, "type", "a"),
            (9, 2, "'a'", "a"),
            (18, 1, "priority + 1 > 5", "false"),
            (18, 2, "priority + 1", "4"),
            (18, 3, "priority", "3"),
            (29, 3, "1", "1"),
            (33, 2, "5", "5"),
        }));
    }

    [Test]
    public void Should_show_what_was_not_looked_at()
    {
        var explanation = CesqlExpression.Parse("urgent OR absent = 'a'").Explain(new Attributes(("urgent", true)));

        Assert.That(explanation.Result.Errors, Is.Empty);
        Assert.That(explanation.Steps.Where(s => s.Value is null).Select(s => s.Text), Is.EqualTo(["absent = 'a'", "absent", "'a'"]));
    }

    [Test]
    public void Should_say_what_is_missing()
    {
        var explanation = CesqlExpression.Parse("absent = 'a'").Explain(Attributes.None);

        Assert.That(explanation.Result.Errors.Single().MessageVi, Does.Contain("'absent'"));
        Assert.That(explanation.Result, Is.EqualTo(explanation.Result with { Value = CesqlValue.Of(false) }));
    }
}
