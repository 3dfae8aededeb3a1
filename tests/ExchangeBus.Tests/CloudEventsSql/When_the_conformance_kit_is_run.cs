using ExchangeBus.CloudEvents.Sql;

namespace ExchangeBus.Tests.CloudEventsSql;

public class When_the_conformance_kit_is_run
{
    private const string Missing = "The CESQL test kit is not beside the checkout: shared/suites/cesql.";

    private static IEnumerable<TestCaseData> Cases()
    {
        if (SharedSuites.Find("cesql") is not { } folder)
        {
            yield return new TestCaseData(null).SetName("The kit is missing");
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            foreach (var test in KitFile.Read(File.ReadAllText(file)))
                yield return new TestCaseData(test).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file), test.Name, test.Expression);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Should_agree_with_it(object? given)
    {
        if (given is not KitCase test)
        {
            Assert.Ignore(Missing);
            return;
        }

        var result = Run(test);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Errors.Select(e => e.Kind.ToString()).Distinct(), Is.EqualTo(test.Error is null ? [] : new[] { test.Error }).IgnoreCase);
            if (test.Result is not null) Assert.That(result.Value, Is.EqualTo(Attributes.Of(test.Result)));
        }
    }

    private static CesqlResult Run(KitCase test)
    {
        try
        {
            return CesqlExpression.Parse(test.Expression).Evaluate(new Attributes(test.Event));
        }
        catch (CesqlParseException e)
        {
            return new CesqlResult(default, [e.Error]);
        }
    }
}
