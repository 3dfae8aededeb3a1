using System.Text.Json.Nodes;
using ExchangeBus.Checks;
using ExchangeBus.JsonSchema.Compatibility;
using ExchangeBus.Schemas;

namespace ExchangeBus.Tests.Schemas;

/// <summary>What agencies were promised in a released version holds until the next major (docs/decisions/0011).</summary>
public sealed class When_schemas_are_released
{
    /// <summary>Set to 1, the test below writes what is new into <c>schemas/released</c>: docs/schema-versions.md.</summary>
    private const string Switch = "EXCHANGEBUS_RELEASE_SCHEMAS";

    private static SchemaCatalogue Catalogue => new(new ContractFiles(SchemaFolder.Root));

    private static IEnumerable<string> Types => Catalogue.Types.Select(type => type.Name);

    [TestCaseSource(nameof(Types))]
    public void Should_keep_what_the_last_released_version_promised(string type) => Assert.That(Objections(Catalogue, type), Is.Empty, "docs/schema-versions.md says what to do");

    [TestCaseSource(nameof(Types))]
    public void Should_mean_the_same_in_one_document_as_with_its_definitions_beside_it(string type)
    {
        var catalogue = Catalogue;
        var current = catalogue.Find(type)!;
        var bundle = SchemaRelease.Bundle(catalogue, current, "99.0");
        var report = SchemaComparison.Compare(
            catalogue.Registry(ReleasePolicy.Own), current.Current.Address, catalogue.Registry(ReleasePolicy.Own, bundle), bundle.Address, CompatibilityMode.Full);

        Assert.That(report.Findings, Is.Empty);
        Assert.That(Classifications.Of(catalogue, bundle), Is.EqualTo(Classifications.Of(catalogue, current.Current)));
        Assert.That(bundle.Parse().ToJsonString(), Does.Not.Contain("../"));
    }

    [Test]
    public void Should_write_a_released_copy_of_what_is_new_when_told_to()
    {
        if (Environment.GetEnvironmentVariable(Switch) != "1") Assert.Ignore($"only with {Switch}=1");
        foreach (var file in Release(Catalogue)) TestContext.Out.WriteLine(file);
    }

    [Test]
    public void Should_say_why_a_change_may_not_follow()
    {
        using var folder = new ReleasedFolder();
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Is.Empty, "a type without a release is new");
        Assert.That(Release(folder.Read()), Does.Contain("released/residence/permanentresidenceregistered/v1.0.schema.json"));
        Assert.That(Release(folder.Read()), Is.Empty, "nothing has changed");
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Is.Empty);

        folder.Change(schema => schema["properties"]!["note"] = new JsonObject { ["type"] = "string", ["x-classification"] = "public" });
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Is.Empty, "an optional field may be added");
        Assert.That(Release(folder.Read()), Is.EqualTo(["released/residence/permanentresidenceregistered/v1.1.schema.json"]));

        folder.Change(schema => schema["properties"]!["note"]!["maxLength"] = 10);
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Has.Count.EqualTo(1).And.All.Contains("/note: accepted by the old version and refused by the new one").And.All.Contains("{"));
        folder.Change(schema => schema["properties"]!["note"]!.AsObject().Remove("maxLength"));

        folder.Change(schema => schema["properties"]!["note"]!["type"] = new JsonArray("string", "null"));
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Has.Count.EqualTo(1).And.All.Contains("/note: accepted by the new version and refused by the old one"));
        folder.Change(schema => schema["properties"]!["note"]!["type"] = "string");

        folder.Change(schema => schema["required"]!.AsArray().Add("note"));
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Has.Some.Contains("lacks the required property 'note'"));
        folder.Change(schema => schema["required"]!.AsArray().RemoveAt(schema["required"]!.AsArray().Count - 1));

        folder.Change("definitions/v1.schema.json", schema => schema["$defs"]!["dossierNumber"]!["maxLength"] = 20);
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Has.Some.Contains("/dossierNumber: accepted by the old version"), "a released version keeps its own definitions");
        folder.Change("definitions/v1.schema.json", schema => schema["$defs"]!["dossierNumber"]!["maxLength"] = 53);

        folder.Change(schema => schema["properties"]!["address"]!["x-classification"] = "public");
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Has.Count.EqualTo(1).And.All.Contains("lowered from 'personal' to 'public'"));

        folder.Change(schema => schema["properties"]!["address"]!.AsObject().Remove("x-classification"));
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Has.Count.EqualTo(1).And.All.Contains("/address: the classification 'personal' is removed"));
        folder.Change(schema => schema["properties"]!["address"]!["x-classification"] = 5);
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Has.Count.EqualTo(1).And.All.Contains("/address: '5' is not a classification"));
        folder.Change(schema => schema["properties"]!["address"]!["x-classification"] = "personall");
        Assert.That(Objections(folder.Read(), ReleasedFolder.Type), Has.Count.EqualTo(1).And.All.Contains("/address: 'personall' is not a classification"));
    }

    /// <summary>A released copy is what was promised, not what is in force, however it is laid.</summary>
    [Test]
    public void Should_not_be_in_force_as_they_were_released()
    {
        using var folder = new ReleasedFolder();
        Release(folder.Read());
        folder.Change("released/residence/permanentresidenceregistered/v1.0.schema.json", schema => schema["x-keyword-of-then"] = true);
        folder.Copy("residence/permanentresidenceregistered/v1.schema.json", "released/leftover/v1.schema.json");

        var files = folder.Files();

        Assert.That(new EventTypeCatalogue(files).Names, Is.EqualTo([ReleasedFolder.Type]));
        Assert.That(new SchemaCatalogue(files).Types.Select(type => (type.Name, type.Released.Count)), Is.EqualTo([(ReleasedFolder.Type, 1)]));
    }

    private static List<string> Objections(SchemaCatalogue catalogue, string name)
    {
        var type = catalogue.Find(name)!;
        if (type.Released.Count == 0) return [];
        var comparison = ReleasePolicy.Compare(catalogue, type.Released[^1].Document, type.Current, CompatibilityMode.Full, isCandidate: false, default);
        return [.. ReleasePolicy.Objections(comparison.Report).Select(finding => $"{finding.MessageEn} {finding.MessageVi}\n  {finding.OldLocation}\n  {finding.NewLocation}\n  {finding.Example}"),
            .. comparison.Lowered.Select(lowered => $"{lowered.MessageEn} {lowered.MessageVi}")];
    }

    /// <summary>Copies each type that says something else than its last released version, and returns the files.</summary>
    private static List<string> Release(SchemaCatalogue catalogue)
    {
        var written = new List<string>();
        foreach (var type in catalogue.Types)
        {
            var last = type.Released.Count > 0 ? type.Released[^1] : null;
            if (last is not null && SchemaRelease.Bundle(catalogue, type, last.Number).Utf8.Span.SequenceEqual(last.Document.Utf8.Span)) continue;
            Assert.That(Objections(catalogue, type.Name), Is.Empty, type.Name);
            var next = SchemaRelease.Bundle(catalogue, type, SchemaRelease.NextVersion(type));
            var file = Path.Combine(catalogue.Folder, next.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, next.Utf8.ToArray());
            written.Add(next.Path);
        }

        return written;
    }
}
