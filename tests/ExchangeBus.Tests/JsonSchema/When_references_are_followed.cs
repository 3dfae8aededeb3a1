namespace ExchangeBus.Tests.JsonSchema;

public class When_references_are_followed
{
    [TestCase("#/$defs/a~1b", true)]
    [TestCase("#/%24defs/a~1b", true)]
    [TestCase("#int", true)]
    [TestCase("nested", true)]
    [TestCase("nested#/$defs/text", false)]
    [TestCase("https://bus.example/other", true)]
    [TestCase("other#deep", false)]
    public void Should_find_the_schema(string reference, bool admitsNumber)
    {
        var schema = Schemas.Compile(
            $$$$"""{"$ref":"{{{{reference}}}}","$defs":{"a/b":{"$anchor":"int","type":"integer"},"n":{"$id":"nested","type":"integer","$defs":{"text":{"type":"string"} } } } }""",
            null,
            ("https://bus.example/other", """{"type":"integer","$defs":{"d":{"$anchor":"deep","type":"string"}}}"""));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(schema.IsValid("1"), Is.EqualTo(admitsNumber));
            Assert.That(schema.IsValid("\"a\""), Is.EqualTo(!admitsNumber));
        }
    }

    [Test]
    public void Should_let_the_outermost_dynamic_anchor_decide()
    {
        const string Tree = """{"$id":"https://bus.example/tree","$dynamicAnchor":"node","type":"object","properties":{"children":{"type":"array","items":{"$dynamicRef":"#node"}}}}""";
        var open = Schemas.Compile("""{"$ref":"tree"}""", null, ("https://bus.example/tree", Tree));
        var strict = Schemas.Compile("""{"$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false}""", null, ("https://bus.example/tree", Tree));
        const string Misspelt = """{"children":[{"daat":1}]}""";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(open.IsValid(Misspelt), Is.True);
            Assert.That(strict.IsValid(Misspelt), Is.False);
            Assert.That(strict.IsValid("""{"children":[{"children":[]}]}"""), Is.True);
        }
    }

    [TestCase("""{"type":"object","properties":{"a":{"minLength":1}}}""", true)]
    [TestCase("""{"properties":{"a":{"minLength":"one"}}}""", false)]
    [TestCase("""{"$defs":{"a":{"allOf":[]}}}""", false)]
    public void Should_have_the_metaschema_built_in(string instance, bool valid) =>
        Assert.That(Schemas.Compile("""{"$ref":"https://json-schema.org/draft/2020-12/schema"}""").IsValid(instance), Is.EqualTo(valid));

    [Test]
    public void Should_walk_recursive_schemas()
    {
        var schema = Schemas.Compile("""{"type":"object","properties":{"next":{"$ref":"#"}},"additionalProperties":false}""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(schema.IsValid("""{"next":{"next":{}}}"""), Is.True);
            Assert.That(schema.Validate("""{"next":{"next":{"last":{}}}}""").Single().InstancePointer, Is.EqualTo("/next/next/last"));
        }
    }
}
