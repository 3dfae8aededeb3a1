namespace ExchangeBus.Tests.JsonSchema;

public class When_the_official_suite_is_run
{
    [TestCaseSource(typeof(OfficialSuite), nameof(OfficialSuite.Cases))]
    public void Should_agree_with_it(string? schema, string? data, bool valid, bool assertFormats)
    {
        if (schema is null || data is null)
        {
            Assert.Ignore(OfficialSuite.Missing);
            return;
        }

        var compiled = OfficialSuite.Compile(schema, assertFormats);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(compiled.IsValid(data), Is.EqualTo(valid), "IsValid");
            Assert.That(compiled.Validate(data).Count == 0, Is.EqualTo(valid), "Validate");
        }
    }
}
