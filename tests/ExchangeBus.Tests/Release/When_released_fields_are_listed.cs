using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Release;

public class When_released_fields_are_listed
{
    private const string BirthRegistered = "vn.civilstatus.birthregistered.v1";

    [Test]
    public void Should_refuse_what_no_schema_knows_and_say_where_in_the_list()
    {
        var compiled = Cuts.Types.Find(BirthRegistered)!.TryCompile(
            ["/child/name", "/child/shoeSize", "child", "/child/~2", "public", "secret", "/child/name/0"], out var cut, out var violations);

        Assert.That(compiled, Is.False);
        Assert.That(cut, Is.Null);
        Assert.That(violations.Select(v => (v.Pointer, v.Code)), Is.EqualTo(new[]
        {
            ("/fields/1", "release.unknown"), ("/fields/2", "release.form"), ("/fields/3", "release.form"), ("/fields/5", "release.form"), ("/fields/6", "release.unknown"),
        }));
        Assert.That(violations.Select(v => v.MessageVi + v.MessageEn), Has.None.Contains("shoeSize").And.None.Contains("secret"));
    }

    [Test]
    public void Should_refuse_a_list_without_end()
    {
        Assert.That(Cuts.Types.Find(BirthRegistered)!.TryCompile([.. Enumerable.Repeat("/child", 1_001)], out _, out var violations), Is.False);
        Assert.That(violations.Single().Code, Is.EqualTo("release.toomany"));
    }

    [Test]
    public void Should_make_one_cut_of_lists_that_release_the_same()
    {
        var type = Cuts.Types.Find(BirthRegistered)!;
        var cut = type.Compile("/child/name", "/book");

        Assert.That(type.Compile("/book", "/child/name/*", "/book"), Is.SameAs(cut));
        Assert.That(type.Compile([.. type.Fields.Where(f => f.StartsWith("/child/name/", StringComparison.Ordinal)), "/book"]), Is.SameAs(cut));
        Assert.That(type.Compile("/child/name"), Is.Not.SameAs(cut));
        Assert.That(type.Compile(""), Is.Not.SameAs(type.Compile()).And.Not.SameAs(type.Compile("/*")));
    }

    [Test]
    public void Should_take_the_strictest_classification_on_the_way()
    {
        var type = Cuts.TypeOf("""
            {"$defs":{"child":{"type":"object","properties":{"a":{"type":"string","x-classification":"public"},"b":{"type":"string"}}}},
             "properties":{
               "open":{"$ref":"#/$defs/child","x-classification":"public"},
               "closed":{"$ref":"#/$defs/child","x-classification":"sensitive"},
               "twice":{"allOf":[{"x-classification":"public"},{"x-classification":"personal"}],"type":"string"},
               "odd":{"type":"string","x-classification":"Public"},
               "list":{"type":"array","items":{"type":"string"},"x-classification":"public"}}}
            """);

        Assert.That(type.Compile("public").Released, Is.EqualTo(["/open/a", "/list", "/list/*"]));
        Assert.That(type.Compile("personal").Released, Is.EqualTo(["/twice"]));
        Assert.That(type.Compile("sensitive").Released, Is.EqualTo(["/closed/a"]));
    }

    [Test]
    public void Should_end_where_a_schema_refers_to_itself()
    {
        var type = Cuts.TypeOf("""{"$defs":{"n":{"type":"object","properties":{"v":{"type":"string"},"next":{"$ref":"#/$defs/n"}}}},"$ref":"#/$defs/n"}""");
        var deep = string.Concat(Enumerable.Repeat("""{"next":""", 20)) + """{"v":"x"}""" + new string('}', 20);

        Assert.That(type.Compile("/next/next/v").Of("""{"next":{"next":{"v":"1"},"v":"2"}}""").Body, Is.EqualTo("""{"next":{"next":{"v":"1"}}}"""));
        Assert.That(type.Compile("/next").Of(deep).Body, Is.EqualTo("{}"), "what no schema was read for is withheld");
    }

    [Test]
    public void Should_refuse_schemas_with_more_fields_than_can_be_kept()
    {
        const string branching = """{"$defs":{"n":{"properties":{"a":{"$ref":"#/$defs/n"},"b":{"$ref":"#/$defs/n"}}}},"$ref":"#/$defs/n"}""";

        Assert.That(() => Cuts.TypeOf(branching), Throws.InvalidOperationException);
    }

    /// <summary>Every field of every example is known and classified, or something of it would be withheld.</summary>
    [TestCaseSource(typeof(SchemaFolder), nameof(SchemaFolder.Folders))]
    public void Should_release_all_of_every_example_by_its_classes(string folder)
    {
        var cut = Cuts.Types.Find($"vn.{folder.Replace('/', '.')}.v1")!.Compile("public", "personal", "sensitive");

        foreach (var file in SchemaFolder.Examples(folder, "valid"))
        {
            var (body, withheld) = cut.Of(File.ReadAllText(file));
            Assert.That(body, Is.Null, $"{file} withholds {string.Join(' ', withheld)}");
        }
    }

    /// <summary>And no list of one class releases what stands under another.</summary>
    [TestCaseSource(typeof(SchemaFolder), nameof(SchemaFolder.Folders))]
    public void Should_release_to_the_public_only_what_every_field_on_the_way_calls_public(string folder)
    {
        var closed = SchemaField.Of(folder).Where(f => f.Classification != "public").Select(f => f.Pointer.Replace("/-", "/*", StringComparison.Ordinal)).ToHashSet();

        foreach (var released in Cuts.Types.Find($"vn.{folder.Replace('/', '.')}.v1")!.Compile("public").Released)
            Assert.That(closed.Any(c => released == c || released.StartsWith(c + "/", StringComparison.Ordinal)), Is.False, released);
    }
}
