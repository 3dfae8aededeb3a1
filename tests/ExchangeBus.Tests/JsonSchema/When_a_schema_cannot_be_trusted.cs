using ExchangeBus.JsonSchema;

namespace ExchangeBus.Tests.JsonSchema;

public class When_a_schema_cannot_be_trusted
{
    [TestCase("""{"minLenght":3}""", "load.unknown-keyword")]
    [TestCase("""{"properties":{"a":{"requird":[]}}}""", "load.unknown-keyword")]
    [TestCase("""{"$ref":"#/$defs/missing"}""", "load.unresolved-reference")]
    [TestCase("""{"$ref":"https://elsewhere.example/other"}""", "load.unresolved-reference")]
    [TestCase("""{"$defs":{"unused":{"$ref":"#nowhere"}}}""", "load.unresolved-reference")]
    [TestCase("""{"$ref":"#"}""", "load.reference-loop")]
    [TestCase("""{"$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"}]},"b":{"anyOf":[{"$ref":"#/$defs/a"}]}}}""", "load.reference-loop")]
    [TestCase("""{"type":"strnig"}""", "load.keyword-value")]
    [TestCase("""{"minLength":-1}""", "load.keyword-value")]
    [TestCase("""{"minLength":"3"}""", "load.keyword-value")]
    [TestCase("""{"multipleOf":0}""", "load.keyword-value")]
    [TestCase("""{"required":"a"}""", "load.keyword-value")]
    [TestCase("""{"allOf":[]}""", "load.keyword-value")]
    [TestCase("""{"properties":{"a":1}}""", "load.keyword-value")]
    [TestCase("""{"items":[true]}""", "load.keyword-value")]
    [TestCase("""{"additionalProperties":"no"}""", "load.keyword-value")]
    [TestCase("""{"pattern":"a("}""", "load.pattern")]
    [TestCase("""{"patternProperties":{"[":true}}""", "load.pattern")]
    [TestCase("""{"pattern":"\\p{Script=Latin}"}""", "load.pattern")]
    [TestCase("""{"format":"dat"}""", "load.unknown-format")]
    [TestCase("""{"$schema":"http://json-schema.org/draft-07/schema#"}""", "load.unknown-dialect")]
    [TestCase("""{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}""", "load.duplicate-identifier")]
    [TestCase("""{"$id":"a#b"}""", "load.keyword-value")]
    [TestCase("""{"$anchor":"a/b"}""", "load.keyword-value")]
    [TestCase("""{"type":"string","type":"number"}""", "load.json")]
    [TestCase("""{"type":""", "load.json")]
    [TestCase("[]", "load.keyword-value")]
    public void Should_refuse_it_at_load(string schema, string code) => Assert.That(Schemas.LoadError(schema), Is.EqualTo(code));

    [Test]
    public void Should_refuse_a_vocabulary_that_is_required_and_not_known()
    {
        const string Dialect = """{"$id":"https://d.example/m","$vocabulary":{"https://d.example/vocab":true}}""";
        var error = Assert.Throws<SchemaLoadException>(() => Schemas.Compile("""{"$schema":"https://d.example/m"}""", null, ("https://d.example/m", Dialect)));
        Assert.That(error!.Code, Is.EqualTo("load.unknown-vocabulary"));
    }

    [Test]
    public void Should_accept_annotations_that_were_named()
    {
        var options = new JsonSchemaOptions { AnnotationKeywords = ["owner"] };
        Assert.That(Schemas.Compile("""{"x-classification":"personal","owner":"civil-registry"}""", options).IsValid("1"), Is.True);
    }

    [Test]
    public void Should_name_the_place_of_the_error()
    {
        var error = Assert.Throws<SchemaLoadException>(() => Schemas.Compile("""{"$defs":{"a/b":{"pattern":"("}}}"""));
        Assert.That(error!.SchemaLocation, Is.EqualTo(Schemas.Address + "#/$defs/a~1b/pattern"));
    }

    [Test]
    public void Should_stop_work_that_doubles_at_each_level()
    {
        var levels = Enumerable.Range(0, 60).Select(n => $$"""
            "l{{n}}":{"allOf":[{"$ref":"#/$defs/l{{n + 1}}"},{"$ref":"#/$defs/l{{n + 1}}"}]}
            """);
        var schema = Schemas.Compile($$$"""{"$ref":"#/$defs/l0","$defs":{ {{{string.Join(',', levels)}}},"l60":{"type":"string"} } }""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(schema.Validate("\"a\"").Single().Code, Is.EqualTo("limit.evaluation-steps"));
            Assert.That(schema.IsValid("\"a\""), Is.False);
        }
    }

    [Test]
    public void Should_stop_a_chain_that_is_too_deep_even_inside_not()
    {
        var links = Enumerable.Range(0, 50_000).Select(n => $$""" "l{{n}}":{"allOf":[{"$ref":"#/$defs/l{{n + 1}}"}]} """);
        var schema = Schemas.Compile($$$"""{"not":{"$ref":"#/$defs/l0"},"$defs":{ {{{string.Join(',', links)}}},"l50000":false}}""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(schema.IsValid("1"), Is.False);
            Assert.That(schema.Validate("1").Single().Code, Is.EqualTo("limit.evaluation-depth"));
        }
    }

    [Test]
    public void Should_go_through_a_long_chain_of_mere_references_once()
    {
        var links = Enumerable.Range(0, 50_000).Select(n => $$""" "l{{n}}":{"$ref":"#/$defs/l{{n + 1}}"} """);
        var schema = Schemas.Compile($$$"""{"not":{"$ref":"#/$defs/l0"},"$defs":{ {{{string.Join(',', links)}}},"l50000":false}}""");

        Assert.That(schema.IsValid("1"), Is.True);
    }

    [Test]
    public void Should_not_overflow_a_small_stack()
    {
        var options = new JsonSchemaOptions { MaxEvaluationDepth = 1_000_000, MaxDepth = 100_000 };
        var schema = Schemas.Compile("""{"items":{"$ref":"#"}}""", options);
        var deep = new string('[', 90_000) + new string(']', 90_000);
        var holds = true;
        var thread = new Thread(() => holds = schema.IsValid(deep), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.That(holds, Is.False);
    }
}
