using System.Xml.Linq;

namespace ExchangeBus.Tests.Architecture;

public sealed class When_projects_reference_each_other
{
    /// <summary>Which project of <c>src</c> may reference which; what an agency takes home must not bring the bus with it.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ExchangeBus.Contracts"] = [],
        ["ExchangeBus.JsonSchema"] = [],
        ["ExchangeBus.CloudEvents.Sql"] = [],
        ["ExchangeBus.LocalServers"] = [],
        ["ExchangeBus.MassTransit.PostgreSql"] = [],
        ["ExchangeBus.MassTransit.RabbitMq"] = [],
        ["ExchangeBus.MassTransit.CloudEvents"] = ["ExchangeBus.Contracts"],
        ["ExchangeBus.Signatures"] = ["ExchangeBus.Contracts"],
        ["ExchangeBus.Client"] = ["ExchangeBus.Contracts", "ExchangeBus.Signatures"],
        ["ExchangeBus.Cli"] = ["ExchangeBus.Client", "ExchangeBus.Contracts", "ExchangeBus.Signatures"],
        ["ExchangeBus.SampleAgencies"] = ["ExchangeBus.Client", "ExchangeBus.Contracts"],
        ["ExchangeBus"] =
        [
            "ExchangeBus.CloudEvents.Sql", "ExchangeBus.Contracts", "ExchangeBus.JsonSchema", "ExchangeBus.MassTransit.CloudEvents", "ExchangeBus.MassTransit.PostgreSql",
            "ExchangeBus.MassTransit.RabbitMq", "ExchangeBus.Signatures",
        ],
        ["ExchangeBus.Host"] = ["ExchangeBus"],
        ["ExchangeBus.AppHost"] = ["ExchangeBus.LocalServers", "ExchangeBus.SampleAgencies", "ExchangeBus.Host"],
    };

    private static readonly string[] WithoutPackages = ["ExchangeBus.Contracts", "ExchangeBus.JsonSchema", "ExchangeBus.CloudEvents.Sql"];

    private static readonly (string Name, XDocument Project)[] Projects =
        [.. Repository.Files(".csproj", "src").Select(f => (Path.GetFileNameWithoutExtension(f), XDocument.Parse(Repository.Read(f))))];

    [Test]
    public void Should_list_every_project() => Assert.That(Projects.Select(p => p.Name), Is.EquivalentTo(Allowed.Keys));

    [Test]
    public void Should_follow_the_allowed_arrows()
    {
        var found = Projects.SelectMany(p => Included(p.Project, "ProjectReference").Select(r => (From: p.Name, To: Path.GetFileNameWithoutExtension(r))))
            .Where(r => !Allowed[r.From].Contains(r.To)).Select(r => $"{r.From} -> {r.To}");

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Should_use_no_package_where_agencies_must_get_none()
    {
        var found = Projects.Where(p => WithoutPackages.Contains(p.Name))
            .SelectMany(p => Included(p.Project, "PackageReference").Select(r => $"{p.Name} -> {r}"));

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Should_show_what_is_internal_to_tests_only()
    {
        var tests = Repository.Files(".csproj", "tests").Select(Path.GetFileNameWithoutExtension);
        var found = Projects.SelectMany(p => Included(p.Project, "InternalsVisibleTo").Except(tests).Select(r => $"{p.Name} -> {r}"));

        Assert.That(found, Is.Empty);
    }

    private static IEnumerable<string> Included(XDocument project, string item) =>
        project.Descendants(item).Select(e => (string)e.Attribute("Include")!).Select(i => i.Replace('\\', '/'));
}
