using ExchangeBus.CloudEvents.Sql;

namespace ExchangeBus.Tests.CloudEventsSql;

/// <summary>What the specification says and the part of the kit beside the checkout does not try. Sections are those of CESQL 1.0.</summary>
public class When_an_expression_is_evaluated
{
    private static readonly Attributes Event = new(
        ("type", "vn.civilstatus.birthregistered.v1"), ("subject", "HT-2025/0001_a"), ("hops", "7"), ("priority", 3), ("urgent", true));

    // 3.6
    [TestCase("TRUE OR TRUE AND FALSE", false)]
    [TestCase("FALSE AND TRUE OR TRUE", true)]
    [TestCase("TRUE XOR TRUE OR TRUE", true)]
    [TestCase("10 - 3 - 2", 5)]
    [TestCase("2 + 3 * 4 % 5", 4)]
    [TestCase("100 / 10 / 2", 5)]
    [TestCase("1 + 1 = 2 AND 3 > 2", true)]
    [TestCase("NOT FALSE = FALSE", false)]
    [TestCase("1 + (2 IN (2))", 2)]
    [TestCase("1 + 2 IN (2)", 2)]
    [TestCase("-5 + 10", 5)]
    [TestCase("5 -3", 2)]
    [TestCase("5-3", 2)]
    // 3.4.2
    [TestCase("-7 / 2", -3)]
    [TestCase("-7 % 2", -1)]
    [TestCase("7 % -2", 1)]
    [TestCase("-2147483648 % -1", 0)]
    // 2.2
    [TestCase("-2147483648", int.MinValue)]
    [TestCase("+2147483647", int.MaxValue)]
    [TestCase("'C:\\dir'", "C:\\dir")]
    [TestCase("'a\\\\'", "a\\\\")]
    [TestCase("\"l'arc\" = 'l\\'arc'", true)]
    // 3.4.3
    [TestCase("type LIKE 'vn.civilstatus.%'", true)]
    [TestCase("type LIKE '%.v_'", true)]
    [TestCase("type LIKE '%birth%registered%'", true)]
    [TestCase("type LIKE 'VN.%'", false)]
    [TestCase("type NOT LIKE '%.v2'", true)]
    [TestCase("subject LIKE '%\\_a'", true)]
    [TestCase("'xa' LIKE '%\\_a'", false)]
    [TestCase("'100%' LIKE '100\\%'", true)]
    [TestCase("'1000' LIKE '100\\%'", false)]
    [TestCase("'' LIKE '%'", true)]
    [TestCase("'' LIKE '_'", false)]
    [TestCase("'Đặng' LIKE 'Đ__g'", true)]
    [TestCase("'a😀b' LIKE 'a_b'", true)]
    [TestCase("priority LIKE '_'", true)]
    [TestCase("urgent LIKE 't%'", true)]
    // 3.4.5
    [TestCase("hops IN ('1', 7)", true)]
    [TestCase("priority IN ('1', '3')", true)]
    [TestCase("priority NOT IN (1, 2)", true)]
    [TestCase("urgent IN ('TRUE')", true)]
    [TestCase("subject IN ('a', CONCAT('HT-2025/', '0001_a'))", true)]
    // 3.7
    [TestCase("hops = 7", true)]
    [TestCase("7 = hops", true)]
    [TestCase("07 = hops", true)]
    [TestCase("urgent = 'true'", true)]
    [TestCase("priority = TRUE", true)]
    [TestCase("'+5' + 0", 5)]
    [TestCase("INT(FALSE) + BOOL('True')", 1)]
    [TestCase("STRING(-0)", "0")]
    [TestCase("IS_INT('12') AND NOT IS_INT('1.2')", true)]
    [TestCase("IS_BOOL('FALSE') AND NOT IS_BOOL('no')", true)]
    // 3.5
    [TestCase("length('Nguyễn')", 6)]
    [TestCase("LENGTH('😀😀')", 2)]
    [TestCase("LEFT('😀ab', 2)", "😀a")]
    [TestCase("RIGHT('a😀b', 2)", "😀b")]
    [TestCase("SUBSTRING('a😀b', 2, 1)", "😀")]
    [TestCase("SUBSTRING('abc', -1, 5)", "c")]
    [TestCase("TRIM('\u3000a\u00a0')", "a")]
    [TestCase("UPPER('đặng')", "ĐẶNG")]
    [TestCase("CONCAT_WS('-', 1, TRUE)", "1-true")]
    public void Should_give_the_value(string expression, object value)
    {
        var result = CesqlExpression.Parse(expression).Evaluate(Event);

        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.Value, Is.EqualTo(Attributes.Of(value)));
    }

    [TestCase("2147483647 + 1", 0, CesqlErrorKind.Math, 1)]
    [TestCase("-2147483648 - 1", 0, CesqlErrorKind.Math, 1)]
    [TestCase("65536 * 65536", 0, CesqlErrorKind.Math, 1)]
    [TestCase("-2147483648 / -1", 0, CesqlErrorKind.Math, 1)]
    [TestCase("--2147483648", 0, CesqlErrorKind.Math, 1)]
    [TestCase("subject + 1", 0, CesqlErrorKind.Cast, 1)]
    [TestCase("1 + '2147483648'", 0, CesqlErrorKind.Cast, 5)]
    [TestCase("' 1' + 1", 0, CesqlErrorKind.Cast, 1)]
    [TestCase("'abc' != 1", false, CesqlErrorKind.Cast, 1)]
    [TestCase("priority IN ('x', 3)", false, CesqlErrorKind.Cast, 14)]
    [TestCase("priority NOT IN ('x')", false, CesqlErrorKind.Cast, 18)]
    [TestCase("absent LIKE '%'", false, CesqlErrorKind.MissingAttribute, 1)]
    [TestCase("absent NOT LIKE '%'", false, CesqlErrorKind.MissingAttribute, 1)]
    [TestCase("'a' IN (absent)", false, CesqlErrorKind.MissingAttribute, 9)]
    [TestCase("LENGTH(absent)", 0, CesqlErrorKind.MissingAttribute, 8)]
    [TestCase("UPPER(absent)", "", CesqlErrorKind.MissingAttribute, 7)]
    [TestCase("CONCAT('a', absent)", "", CesqlErrorKind.MissingAttribute, 13)]
    [TestCase("absent AND TRUE", false, CesqlErrorKind.MissingAttribute, 1)]
    [TestCase("absent XOR TRUE", false, CesqlErrorKind.MissingAttribute, 1)]
    [TestCase("SUBSTRING('abc', 1, -1)", "", CesqlErrorKind.FunctionEvaluation, 1)]
    [TestCase("SUBSTRING('', 1)", "", CesqlErrorKind.FunctionEvaluation, 1)]
    [TestCase("LENGTH('a', 'b')", false, CesqlErrorKind.MissingFunction, 1)]
    [TestCase("NOW()", false, CesqlErrorKind.MissingFunction, 1)]
    public void Should_give_a_value_and_the_error(string expression, object value, CesqlErrorKind kind, int column)
    {
        var result = CesqlExpression.Parse(expression).Evaluate(Event);

        Assert.That(result.Value, Is.EqualTo(Attributes.Of(value)));
        Assert.That(result.Errors.Select(e => (e.Kind, e.Column)), Is.EqualTo([(kind, column)]));
    }

    [Test]
    public void Should_never_say_the_value_of_an_attribute()
    {
        var result = CesqlExpression.Parse("subject + 1").Evaluate(Event);

        Assert.That(result.Errors[0].MessageEn + result.Errors[0].MessageVi, Does.Not.Contain("HT-2025"));
    }
}
