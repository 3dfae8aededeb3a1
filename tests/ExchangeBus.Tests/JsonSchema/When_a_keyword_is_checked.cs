namespace ExchangeBus.Tests.JsonSchema;

/// <summary>What the part of the official suite beside the checkout leaves out; the cases are our own.</summary>
public class When_a_keyword_is_checked
{
    [TestCase("""{"anyOf":[{"minLength":3},{"type":"number"}]}""", "\"abc\"", true)]
    [TestCase("""{"anyOf":[{"minLength":3},{"type":"number"}]}""", "\"ab\"", false)]
    [TestCase("""{"oneOf":[{"type":"integer"},{"minimum":5}]}""", "3", true)]
    [TestCase("""{"oneOf":[{"type":"integer"},{"minimum":5}]}""", "7", false)]
    [TestCase("""{"not":{"required":["a"]}}""", """{"b":1}""", true)]
    [TestCase("""{"not":{"required":["a"]}}""", """{"a":1}""", false)]
    [TestCase("""{"contains":{"const":1}}""", "[]", false)]
    [TestCase("""{"contains":{"const":1},"minContains":0}""", "[]", true)]
    [TestCase("""{"contains":{"const":1},"minContains":2,"maxContains":3}""", "[1,2,1]", true)]
    [TestCase("""{"contains":{"const":1},"minContains":2,"maxContains":3}""", "[1,1,1,1]", false)]
    [TestCase("""{"patternProperties":{"^x":{"type":"integer"}},"additionalProperties":false}""", """{"xa":1,"xb":2}""", true)]
    [TestCase("""{"patternProperties":{"^x":{"type":"integer"}},"additionalProperties":false}""", """{"xa":1,"b":2}""", false)]
    [TestCase("""{"patternProperties":{"^x":{"type":"integer"}}}""", """{"xa":"1"}""", false)]
    [TestCase("""{"propertyNames":{"maxLength":2}}""", """{"ab":1}""", true)]
    [TestCase("""{"propertyNames":{"maxLength":2}}""", """{"abc":1}""", false)]
    [TestCase("""{"propertyNames":{"enum":["a","b"]}}""", """{"c":1}""", false)]
    [TestCase("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", false)]
    [TestCase("""{"dependentSchemas":{"a":{"maxProperties":1}}}""", """{"a":1,"b":2}""", false)]
    [TestCase("""{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}""", """{"a":1,"b":2}""", true)]
    [TestCase("""{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}""", """{"a":1,"c":2}""", false)]
    [TestCase("""{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}""", """[1,"a"]""", true)]
    [TestCase("""{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}""", "[1,2]", false)]
    [TestCase("""{"maxLength":2}""", "\"\\ud83d\\udc09\\ud83d\\udc09\"", true)]
    [TestCase("""{"minLength":4}""", "\"Huế\"", false)]
    [TestCase("""{"type":["integer","null"]}""", "1.0", true)]
    [TestCase("""{"type":["integer","null"]}""", "1.5", false)]
    public void Should_decide_as_the_specification_says(string schema, string json, bool valid)
    {
        var compiled = Schemas.Compile(schema);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(compiled.IsValid(json), Is.EqualTo(valid), "IsValid");
            Assert.That(compiled.Validate(json).Count == 0, Is.EqualTo(valid), "Validate");
        }
    }

    [TestCase("[1,1.0]", false)]
    [TestCase("[1,10e-1]", false)]
    [TestCase("""[1,"1",true,[1],{"a":1}]""", true)]
    [TestCase("""[{"a":1,"b":[2]},{"b":[2.0],"a":1}]""", false)]
    [TestCase("[0,false]", true)]
    [TestCase("[0,-0.0]", false)]
    public void Should_compare_items_by_value(string json, bool valid) =>
        Assert.That(Schemas.Compile("""{"uniqueItems":true}""").IsValid(json), Is.EqualTo(valid));

    [Test]
    public void Should_compare_large_objects_in_any_order_without_squaring_their_size()
    {
        var properties = Enumerable.Range(0, 60_000).Select(n => $"\"p{n}\":{n}").ToList();
        var forward = "{" + string.Join(',', properties) + "}";
        var backward = "{" + string.Join(',', Enumerable.Reverse(properties)) + "}";
        var changed = "{" + string.Join(',', properties).Replace("\"p77\":77,", "\"p77\":78,", StringComparison.Ordinal) + "}";
        var schema = Schemas.Compile("""{"uniqueItems":true}""");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(schema.IsValid($"[{forward},{backward}]"), Is.False);
            Assert.That(schema.IsValid($"[{forward},{changed}]"), Is.True);
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
        }
    }

    [TestCase("""{"a":1,"b":2}""", true)]
    [TestCase("""{"a":1,"b":2,"c":3}""", false)]
    [TestCase("""{"a":"x"}""", false, Description = "the branch that fails evaluates nothing")]
    public void Should_see_through_branches_for_unevaluatedProperties(string json, bool valid)
    {
        var compiled = Schemas.Compile("""{"anyOf":[{"properties":{"a":{"type":"integer"}}},true],"$ref":"#/$defs/b","$defs":{"b":{"properties":{"b":true}}},"unevaluatedProperties":false}""");
        Assert.That(compiled.IsValid(json), Is.EqualTo(valid));
    }

    [TestCase("[1,\"a\"]", true)]
    [TestCase("[1,\"a\",2]", false)]
    [TestCase("[1,\"a\",\"b\"]", true, Description = "items that contains matched are evaluated")]
    public void Should_see_through_contains_for_unevaluatedItems(string json, bool valid)
    {
        var compiled = Schemas.Compile("""{"prefixItems":[true],"contains":{"type":"string"},"unevaluatedItems":false}""");
        Assert.That(compiled.IsValid(json), Is.EqualTo(valid));
    }
}
