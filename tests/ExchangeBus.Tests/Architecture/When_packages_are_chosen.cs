using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ExchangeBus.Tests.Architecture;

public sealed partial class When_packages_are_chosen
{
    private const string Licensed = "8.5.12";

    [Test]
    public void Should_pin_MassTransit_to_the_last_free_version()
    {
        var versions = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Where(p => IsMassTransit((string)p.Attribute("Include")!)).Select(p => (string?)p.Attribute("Version")).ToArray();

        Assert.That(versions, Is.Not.Empty);
        Assert.That(versions, Has.All.EqualTo($"[{Licensed}]"), "9.x is commercial");
    }

    [Test]
    public void Should_have_restored_that_version_everywhere()
    {
        var found =
            from file in Repository.Files("packages.lock.json")
            from match in LockedMassTransit().Matches(Repository.Read(file))
            where match.Groups["version"].Value != Licensed
            select $"{file}: {match.Groups["name"].Value} {match.Groups["version"].Value}";

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Should_keep_versions_in_one_place()
    {
        var found = Repository.Files(".csproj").Where(f => XDocument.Parse(Repository.Read(f)).Descendants("PackageReference")
            .Any(p => p.Attribute("Version") is not null || p.Attribute("VersionOverride") is not null));

        Assert.That(found, Is.Empty, "versions stand in Directory.Packages.props");
    }

    [Test]
    public void Should_send_usage_data_to_nobody()
    {
        var users = Repository.Files(".cs", "src", "tests")
            .Where(f => !f.StartsWith("tests/ExchangeBus.Tests/Architecture/", StringComparison.Ordinal))
            .Where(f => AddsMassTransit().IsMatch(Repository.Read(f))).ToArray();

        Assert.That(users, Is.Not.Empty);
        Assert.That(users.Where(f => !Repository.Read(f).Contains(".DisableUsageTelemetry()", StringComparison.Ordinal)), Is.Empty,
            "DisableUsageTelemetry() goes with AddMassTransit, in the same file");
    }

    private static bool IsMassTransit(string package) => package == "MassTransit" || package.StartsWith("MassTransit.", StringComparison.Ordinal);

    [GeneratedRegex("""
        "(?<name>MassTransit(?:\.\w+)*)": \{\s*"type": "\w+",\s*(?:"requested": "[^"]*",\s*)?"resolved": "(?<version>[^"]+)"
        """)]
    private static partial Regex LockedMassTransit();

    [GeneratedRegex(@"\.AddMassTransit(?:TestHarness|TextHarness)?\s*[(<]|Bus\.Factory\.Create")]
    private static partial Regex AddsMassTransit();
}
