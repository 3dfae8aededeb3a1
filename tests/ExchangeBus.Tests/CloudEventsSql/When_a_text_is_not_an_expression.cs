using ExchangeBus.CloudEvents.Sql;

namespace ExchangeBus.Tests.CloudEventsSql;

public class When_a_text_is_not_an_expression
{
    [TestCase("", "cesql.syntax", 1, 0)]
    [TestCase("type =", "cesql.syntax", 7, 0)]
    [TestCase("type = 'a' AND", "cesql.syntax", 15, 0)]
    [TestCase("(type = 'a'", "cesql.syntax", 12, 0)]
    [TestCase("type = 'a')", "cesql.syntax", 11, 1)]
    [TestCase("type == 'a'", "cesql.syntax", 7, 1)]
    [TestCase("type NOT = 'a'", "cesql.syntax", 10, 1)]
    [TestCase("'a''b'", "cesql.syntax", 4, 3)]
    [TestCase("type IN ()", "cesql.syntax", 10, 1)]
    [TestCase("type IN ('a',)", "cesql.syntax", 14, 1)]
    [TestCase("EXISTS 'type'", "cesql.syntax", 8, 6)]
    [TestCase("EXISTS (type)", "cesql.syntax", 8, 1)]
    [TestCase("my_attribute = 1", "cesql.syntax", 1, 12)]
    [TestCase("F1(type)", "cesql.syntax", 1, 2)]
    [TestCase("_F(type)", "cesql.syntax", 1, 2)]
    [TestCase("+type", "cesql.syntax", 1, 1)]
    [TestCase("+ 1", "cesql.syntax", 1, 1)]
    [TestCase("type and or", "cesql.syntax", 10, 2)]
    [TestCase("type = 'a", "cesql.string", 8, 2)]
    [TestCase("type = 'a\\'", "cesql.string", 8, 4)]
    [TestCase("type; id", "cesql.character", 5, 1)]
    [TestCase("type ! 'a'", "cesql.character", 6, 1)]
    [TestCase("type = đ", "cesql.character", 8, 1)]
    [TestCase("2147483648", "cesql.integer", 1, 10)]
    [TestCase("1 + -2147483649", "cesql.integer", 5, 11)]
    [TestCase("type LIKE id", "cesql.pattern", 11, 2)]
    [TestCase("type LIKE 5", "cesql.pattern", 11, 1)]
    [TestCase("type NOT LIKE", "cesql.pattern", 14, 0)]
    public void Should_say_where_and_why(string text, string code, int column, int length)
    {
        var error = Assert.Throws<CesqlParseException>(() => CesqlExpression.Parse(text)).Error;

        Assert.That((error.Code, error.Column, error.Length), Is.EqualTo((code, column, length)));
        Assert.That(error.Kind, Is.EqualTo(CesqlErrorKind.Parse));
        Assert.That(error.MessageVi, Is.Not.Empty.And.Not.EqualTo(error.MessageEn));
    }

    [Test]
    public void Should_bound_its_length()
    {
        var options = new CesqlOptions { MaxLength = 10 };

        Assert.That(CesqlExpression.Parse("type = 'a'", options).Text, Has.Length.EqualTo(10));
        Assert.That(Refused("type = 'ab'", options), Is.EqualTo(("cesql.length", 11)));
    }

    [TestCase("(")]
    [TestCase("NOT ")]
    [TestCase("- ")]
    [TestCase("LENGTH(")]
    [TestCase("1 IN (")]
    public void Should_bound_its_depth(string opening)
    {
        var deep = string.Concat(Enumerable.Repeat(opening, 65)) + "1" + new string(')', opening.EndsWith('(') ? 65 : 0);

        Assert.That(Refused(deep, CesqlOptions.Default).Code, Is.EqualTo("cesql.depth"));
    }

    [Test]
    public void Should_bound_its_parts()
    {
        var options = new CesqlOptions { MaxLength = 65_536, MaxParts = 2_048 };

        Assert.That(CesqlExpression.Parse(Sum(1_024), options).Evaluate(Attributes.None).Value.Integer, Is.EqualTo(1_024));
        Assert.That(Refused(Sum(1_025), options).Code, Is.EqualTo("cesql.parts"));
    }

    private static string Sum(int numbers) => string.Join('+', Enumerable.Repeat("1", numbers));

    private static (string Code, int Column) Refused(string text, CesqlOptions options)
    {
        var error = Assert.Throws<CesqlParseException>(() => CesqlExpression.Parse(text, options)).Error;
        return (error.Code, error.Column);
    }
}
