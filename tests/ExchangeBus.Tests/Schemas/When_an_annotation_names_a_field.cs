using System.Text.Json.Nodes;

namespace ExchangeBus.Tests.Schemas;

internal sealed class When_an_annotation_names_a_field
{
    private static readonly string[] WithBusinessKey =
    [
        "civilstatus/registerbirth", "civilstatus/registerdeath", "health/birthnoticeissued", "health/deathnoticeissued",
        "portal/linkedbirthsubmitted", "portal/linkeddeathsubmitted",
    ];

    private static readonly string[] CodeLists = ["administrative-units", "countries", "ethnic-groups"];

    [Test]
    public void Should_find_a_business_key_on_what_may_be_told_twice() =>
        Assert.That(SchemaFolder.Folders.Where(folder => Root(folder).ContainsKey("x-business-key")), Is.SupersetOf(WithBusinessKey));

    [TestCaseSource(typeof(SchemaFolder), nameof(SchemaFolder.Folders))]
    public void Should_find_the_fields_of_the_business_key(string folder)
    {
        var fields = SchemaField.Of(folder).Where(field => field.IsLeaf).Select(field => field.Pointer).ToHashSet();
        foreach (var alternative in Root(folder)["x-business-key"]?.AsArray() ?? [])
        {
            Assert.That(alternative!.AsArray(), Is.Not.Empty);
            Assert.That(alternative.AsArray().Select(pointer => (string)pointer!), Is.SubsetOf(fields));
        }
    }

    [TestCaseSource(typeof(SchemaFolder), nameof(SchemaFolder.Folders))]
    public void Should_find_the_date_of_the_event(string folder)
    {
        if ((string?)Root(folder)["x-event-date"] is not { } pointer)
            return;
        var field = SchemaField.Of(folder).SingleOrDefault(found => found.Pointer == pointer);

        Assert.That(field, Is.Not.Null, pointer);
        Assert.That((string?)SchemaFolder.Follow(field!.Schema, field.File).Schema["format"], Is.EqualTo("date").Or.EqualTo("date-time"));
    }

    [Test]
    public void Should_find_only_code_lists_that_exist()
    {
        var named = SchemaFolder.Folders.SelectMany(SchemaField.Of)
            .SelectMany(field => SchemaField.Applied(field.Schema, field.File))
            .Select(applied => (string?)applied.Schema["x-code-list"]).Where(list => list is not null).Distinct();

        Assert.That(named, Is.EquivalentTo(CodeLists));
    }

    private static JsonObject Root(string folder) => SchemaFolder.Parse(SchemaFolder.SchemaFile(folder)).AsObject();
}
