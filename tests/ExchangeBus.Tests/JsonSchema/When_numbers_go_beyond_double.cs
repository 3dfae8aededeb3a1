namespace ExchangeBus.Tests.JsonSchema;

public class When_numbers_go_beyond_double
{
    [TestCase("""{"maximum":1e400}""", "1e400", true)]
    [TestCase("""{"maximum":1e400}""", "1.0000000000000000001e400", false)]
    [TestCase("""{"exclusiveMinimum":-1e-400}""", "-1e-400", false)]
    [TestCase("""{"exclusiveMinimum":-1e-400}""", "-1e-401", true)]
    [TestCase("""{"minimum":9007199254740993}""", "9007199254740992", false)]
    [TestCase("""{"minimum":9007199254740993}""", "9007199254740993.0", true)]
    [TestCase("""{"const":9007199254740993}""", "9007199254740992", false)]
    [TestCase("""{"const":100}""", "1E2", true)]
    [TestCase("""{"multipleOf":0.1}""", "0.3", true)]
    [TestCase("""{"multipleOf":0.01}""", "123456789012345678901234567890.12", true)]
    [TestCase("""{"multipleOf":0.01}""", "123456789012345678901234567890.123", false)]
    [TestCase("""{"multipleOf":3}""", "1e100000000", false)]
    [TestCase("""{"multipleOf":7e-5}""", "7e99999999", true)]
    [TestCase("""{"multipleOf":1234567890123456789012345}""", "2469135780246913578024690", true)]
    [TestCase("""{"multipleOf":1234567890123456789012345}""", "2469135780246913578024691", false)]
    [TestCase("""{"type":"integer"}""", "1e999999999", true)]
    [TestCase("""{"type":"integer"}""", "12.500e2", true)]
    [TestCase("""{"type":"integer"}""", "12.500e1", true)]
    [TestCase("""{"type":"integer"}""", "12.500", false)]
    public void Should_stay_exact(string schema, string json, bool valid) =>
        Assert.That(Schemas.Compile(schema).IsValid(json), Is.EqualTo(valid));

    [Test]
    public void Should_agree_with_decimal_where_decimal_is_exact() =>
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Int[-9_999_999, 9_999_999], CsCheck.Gen.Int[0, 5], CsCheck.Gen.Int[-9_999, 9_999], CsCheck.Gen.Int[0, 4]),
            (left, leftScale, right, rightScale) =>
            {
                var value = new decimal(Math.Abs(left), 0, 0, left < 0, (byte)leftScale);
                var limit = new decimal(Math.Abs(right), 0, 0, right < 0, (byte)rightScale);
                Assert.That(Schemas.Compile($$"""{"minimum":{{limit}}}""").IsValid($"{value}"), Is.EqualTo(value >= limit), $"{value} >= {limit}");
                if (limit > 0)
                    Assert.That(Schemas.Compile($$"""{"multipleOf":{{limit}}}""").IsValid($"{value}"), Is.EqualTo(value % limit == 0), $"{value} % {limit}");
            },
            iter: 2_000);
}
