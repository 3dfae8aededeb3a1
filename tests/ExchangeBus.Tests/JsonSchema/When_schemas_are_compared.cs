using ExchangeBus.JsonSchema.Compatibility;

namespace ExchangeBus.Tests.JsonSchema;

public sealed class When_schemas_are_compared
{
    // Each pair: everything that is valid under the first is valid under the second.
    [TestCase("true", "{}")]
    [TestCase("false", """{"type":"string"}""")]
    [TestCase("""{"type":"integer"}""", """{"type":["number","null"]}""")]
    [TestCase("""{"enum":["a","b"]}""", """{"enum":["c","b","a"]}""")]
    [TestCase("""{"enum":["a",1,{"x":[1.0]}]}""", """{"type":["string","number","object"],"properties":{"x":{"const":[1]}}}""")]
    [TestCase("""{"enum":["2026-01-01","x"],"format":"date"}""", """{"const":"2026-01-01"}""")]
    [TestCase("""{"type":"boolean"}""", """{"enum":[true,false,null]}""")]
    [TestCase("""{"minimum":1,"maximum":5}""", """{"minimum":0.5,"exclusiveMaximum":5.000000000000000000000000000001}""")]
    [TestCase("""{"exclusiveMinimum":1e400}""", """{"minimum":1e400}""")]
    [TestCase("""{"multipleOf":0.6}""", """{"multipleOf":0.3}""")]
    [TestCase("""{"type":"integer"}""", """{"multipleOf":0.5}""")]
    [TestCase("""{"type":"number","multipleOf":4}""", """{"type":"integer"}""")]
    [TestCase("""{"type":"string","pattern":"^[0-9]{12}$"}""", """{"pattern":"^[0-9]+$","minLength":12,"maxLength":12}""")]
    [TestCase("""{"pattern":"^a{2,3}$"}""", """{"pattern":"^(?:aa|aaa)$"}""")]
    [TestCase("""{"type":"string","maxLength":2}""", """{"pattern":"^[^]{0,2}$"}""")]
    [TestCase("""{"pattern":"^\\p{Lu}\\p{Ll}*$"}""", """{"pattern":"^\\p{L}+$"}""")]
    [TestCase("""{"pattern":"^(?=a).*$"}""", """{"pattern":"^(?=a).*$"}""")]
    [TestCase("""{"format":"date","maxLength":10}""", """{"format":"date"}""")]
    [TestCase("""{"required":["a","b"]}""", """{"required":["a"],"dependentRequired":{"x":["b"]}}""")]
    [TestCase("""{"properties":{"a":{"type":"integer"}},"additionalProperties":false}""", """{"properties":{"a":{"type":"number"},"b":true},"additionalProperties":false}""")]
    [TestCase("""{"properties":{"a":{"type":"integer"}},"additionalProperties":{"type":"integer"}}""", """{"additionalProperties":{"type":"number"}}""")]
    [TestCase("""{"patternProperties":{"^ab":{"type":"string"}},"additionalProperties":false}""", """{"patternProperties":{"^a":{"type":["string","null"]}},"additionalProperties":false}""")]
    [TestCase("""{"propertyNames":{"pattern":"^x"},"additionalProperties":{"type":"null"}}""", """{"patternProperties":{"^x":{"type":"null"}},"additionalProperties":false}""")]
    [TestCase("""{"propertyNames":{"enum":["b","c"]}}""", """{"properties":{"b":true,"c":true},"additionalProperties":false}""")]
    [TestCase("""{"properties":{"a":true},"unevaluatedProperties":false}""", """{"properties":{"a":true,"b":true},"additionalProperties":false,"maxProperties":2}""")]
    [TestCase("""{"prefixItems":[{"type":"string"}],"items":false}""", """{"items":{"type":["string","null"]},"maxItems":1,"uniqueItems":true}""")]
    [TestCase("""{"contains":{"const":1},"minContains":2}""", """{"contains":{"type":"integer"}}""")]
    [TestCase("""{"items":{"const":1},"minItems":3,"maxItems":4}""", """{"contains":{"type":"integer"},"minContains":3,"maxContains":4}""")]
    [TestCase("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", """{"type":["null","string","array"]}""")]
    [TestCase("""{"type":["null","string"]}""", """{"anyOf":[{"type":"string"},{"type":"null"}]}""")]
    [TestCase("""{"oneOf":[{"properties":{"k":{"const":"a"}},"required":["k"],"type":"object"},{"type":"null"}]}""", """{"oneOf":[{"properties":{"k":{"enum":["a","c"]}},"required":["k"],"type":"object"},{"properties":{"k":{"const":"b"}},"required":["k"],"type":"object"},{"type":"null"}]}""")]
    [TestCase("""{"allOf":[{"minimum":3},{"maximum":4}],"type":"number"}""", """{"minimum":3,"maximum":4}""")]
    [TestCase("""{"type":"string"}""", """{"not":{"type":"number"}}""")]
    [TestCase("""{"not":{"type":["string","number"]}}""", """{"not":{"type":"number"}}""")]
    [TestCase("""{"if":{"required":["a"]},"then":{"required":["b","c"]},"else":{"required":["d"]}}""", """{"if":{"required":["a"]},"then":{"required":["b"]}}""")]
    [TestCase("""{"if":{"required":["a"],"type":"object"},"then":{"required":["b"]},"else":{"type":"null"}}""", """{"anyOf":[{"required":["b"]},{"type":"null"}]}""")]
    [TestCase("""{"required":["b"]}""", """{"dependentSchemas":{"a":{"required":["b"]}}}""")]
    [TestCase("""{"dependentSchemas":{"a":{"required":["b","c"]}}}""", """{"dependentSchemas":{"a":{"required":["b"]}}}""")]
    [TestCase("""{"$ref":"#/$defs/n","$defs":{"n":{"type":"object","properties":{"next":{"$ref":"#/$defs/n"},"v":{"type":"integer"}},"required":["v"]}}}""", """{"type":"object","properties":{"next":{"$ref":"#"},"v":{"type":"number"}}}""")]
    [TestCase("""{"title":"x","description":"y","x-q":1,"contentEncoding":"base64"}""", """{"title":"z","default":7,"examples":[1]}""")]
    [TestCase("""{"$ref":"#/$defs/a","unevaluatedProperties":false,"$defs":{"a":{"properties":{"p":true}}}}""", """{"$defs":{"b":{"properties":{"p":true}}},"$ref":"#/$defs/b","unevaluatedProperties":false}""")]
    public void Should_prove_that_what_was_valid_stays_valid(string old, string @new)
    {
        var report = ComparedSchemas.Compare(old, @new);

        Assert.That(report.Verdict, Is.EqualTo(CompatibilityVerdict.Compatible), report.Written());
    }

    // Each pair: something is valid under the first and not under the second, and the keyword that refuses it.
    [TestCase("""{"type":["string","null"]}""", """{"type":"string"}""", "type", "")]
    [TestCase("""{"type":"number"}""", """{"type":"integer"}""", "type", "")]
    [TestCase("""{"enum":["a","b"]}""", """{"enum":["a"]}""", "enum", "")]
    [TestCase("""{"type":"string"}""", """{"const":"a"}""", "const", "")]
    [TestCase("""{"type":"integer","minimum":0}""", """{"minimum":1}""", "minimum", "")]
    [TestCase("""{"maximum":5}""", """{"exclusiveMaximum":5}""", "exclusiveMaximum", "")]
    [TestCase("""{"type":"integer"}""", """{"multipleOf":2}""", "multipleOf", "")]
    [TestCase("""{"type":"string","maxLength":100}""", """{"maxLength":50}""", "maxLength", "")]
    [TestCase("""{"type":"string"}""", """{"minLength":1}""", "minLength", "")]
    [TestCase("""{"pattern":"^[0-9]{9,12}$"}""", """{"pattern":"^(?:[0-9]{9}|[0-9]{12})$"}""", "pattern", "")]
    [TestCase("""{"type":"string"}""", """{"format":"date"}""", "format", "")]
    [TestCase("""{"type":"object"}""", """{"required":["a"]}""", "required", "")]
    [TestCase("""{"type":"object"}""", """{"dependentRequired":{"a":["b"]}}""", "dependentRequired", "")]
    [TestCase("""{"properties":{"a":true,"b":{"type":"string","pattern":"^x+$"}},"required":["a"],"additionalProperties":false}""", """{"properties":{"a":true},"additionalProperties":false}""", "false", "/b")]
    [TestCase("""{"type":"object"}""", """{"additionalProperties":{"type":"string"}}""", "type", "/unknownField")]
    [TestCase("""{"patternProperties":{"^a":{"type":"string"}},"additionalProperties":false}""", """{"patternProperties":{"^ab":{"type":"string"}},"additionalProperties":false}""", "false", "/a")]
    [TestCase("""{"propertyNames":{"pattern":"^[bc]$"}}""", """{"properties":{"b":true},"additionalProperties":false}""", "false", "/c")]
    [TestCase("""{"properties":{"p":{"type":"object","properties":{"q":{"type":"array","items":{"type":"integer"},"minItems":2}},"required":["q"]}}}""", """{"properties":{"p":{"properties":{"q":{"items":{"maximum":3}}}}}}""", "maximum", "/p/q/0")]
    [TestCase("""{"type":"array"}""", """{"uniqueItems":true}""", "uniqueItems", "")]
    [TestCase("""{"type":"array","items":{"type":"string"}}""", """{"maxItems":3}""", "maxItems", "")]
    [TestCase("""{"type":"array"}""", """{"contains":{"const":1}}""", "contains", "")]
    [TestCase("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", """{"anyOf":[{"type":"string","maxLength":3},{"type":"null"}]}""", "anyOf", "")]
    [TestCase("""{"type":["integer","string"]}""", """{"oneOf":[{"type":"integer"},{"type":"number"},{"type":"string"}]}""", "oneOf", "")]
    [TestCase("""{"type":"string"}""", """{"not":{"pattern":"^[ab]$"}}""", "not", "")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"integer"}}}""", """{"if":{"required":["a"]},"then":{"required":["b"]}}""", "required", "")]
    [TestCase("""{"type":"object","properties":{"next":{"$ref":"#"},"v":{"type":"integer"}}}""", """{"properties":{"next":{"$ref":"#"},"v":{"minimum":1}}}""", "minimum", "/v")]
    public void Should_show_a_document_that_is_refused_now(string old, string @new, string keyword, string pointer)
    {
        var report = ComparedSchemas.Compare(old, @new);

        Assert.That(report.Verdict, Is.EqualTo(CompatibilityVerdict.Incompatible), report.Written());
        Assert.That(report.Findings.Select(finding => (finding.Keyword, finding.InstancePointer)), Does.Contain((keyword, pointer)), report.Written());
        foreach (var finding in report.Findings.Where(finding => finding.IsProved))
        {
            Assert.That(Schemas.Compile(old).IsValid(finding.Example!), Is.True, finding.Example);
            Assert.That(Schemas.Compile(@new).IsValid(finding.Example!), Is.False, finding.Example);
            Assert.That(finding.OldLocation, Does.StartWith(Schemas.Address));
            Assert.That(finding.NewLocation, Does.StartWith(Schemas.Address));
        }
    }

    // It may well be compatible; what counts is that nothing is said that was not proved.
    [TestCase("""{"$dynamicRef":"#a","$defs":{"x":{"$dynamicAnchor":"a"}}}""", """{"$dynamicRef":"#a","$defs":{"x":{"$dynamicAnchor":"a"}}}""", "$dynamicRef")]
    [TestCase("""{"type":"string","pattern":"^ab"}""", """{"pattern":"^(?=a)ab"}""", "pattern")]
    [TestCase("""{"dependencies":{"a":["b"]}}""", """{"dependencies":{"a":["b"]}}""", "dependencies")]
    [TestCase("""{"type":"object","properties":{"a":true},"additionalProperties":false}""", """{"anyOf":[{"properties":{"a":true}}],"unevaluatedProperties":false}""", "unevaluatedProperties")]
    [TestCase("""{"type":"integer","exclusiveMinimum":0}""", """{"minimum":1}""", "minimum")]
    [TestCase("""{"type":"array","contains":{"type":"integer"}}""", """{"contains":{"type":"number"},"maxContains":3}""", "contains")]
    public void Should_not_say_what_it_cannot_prove(string old, string @new, string keyword)
    {
        var report = ComparedSchemas.Compare(old, @new);

        Assert.That(report.Verdict, Is.EqualTo(CompatibilityVerdict.NotDecided), report.Written());
        Assert.That(report.Findings[0].Keyword, Is.EqualTo(keyword));
        Assert.That(report.Findings[0].MessageEn, Does.Contain("not decided").Or.Contain("not proved"));
        Assert.That(report.Findings[0].MessageVi, Does.Contain("chưa"));
    }

    [Test]
    public void Should_say_which_way_a_change_breaks()
    {
        const string Old = """{"type":"object","properties":{"a":{"type":"string","maxLength":5}},"additionalProperties":false}""";
        const string New = """{"type":"object","properties":{"a":{"type":"string","maxLength":5},"b":{"type":"integer"}},"additionalProperties":false}""";

        Assert.That(ComparedSchemas.Compare(Old, New).Findings, Is.Empty, "an optional field more: who reads by the new one understands the old one");
        var finding = ComparedSchemas.Compare(Old, New, CompatibilityMode.Full).Findings.Single();
        Assert.That(finding.Direction, Is.EqualTo(CompatibilityMode.Forward));
        Assert.That((finding.OldLocation, finding.NewLocation), Is.EqualTo(($"{Schemas.Address}#/additionalProperties", $"{Schemas.Address}#/properties/b")));
        Assert.That(finding.Example, Does.Match("""^\{"b":-?[0-9]+\}$"""));
        Assert.That(finding.MessageEn, Is.EqualTo("/b: accepted by the new version and refused by the old one: is not allowed here."));
        Assert.That(finding.MessageVi, Is.EqualTo("Trường /b: bản mới chấp nhận nhưng bản cũ từ chối: không được phép có mặt."));
    }

    [Test]
    public void Should_see_through_a_schema_that_refers_to_itself()
    {
        const string Schema = """{"properties":{"x":{"anyOf":[{"$ref":"#"},{"required":["y"]}]}}}""";

        Assert.That(ComparedSchemas.Compare(Schema, """{"properties":{"x":{"$ref":"#"}}}""").Findings, Is.Empty, "both accept everything");
        Assert.That(ComparedSchemas.Compare(Schema, """{"properties":{"x":{"$ref":"#"}},"not":{"required":["y"]}}""").Verdict, Is.EqualTo(CompatibilityVerdict.Incompatible));
    }

    [TestCase(2, 20_000, 400_000, 64, "too many steps")]
    [TestCase(50_000, 20_000, 3, 64, "not proved")]
    [TestCase(50_000, 20_000, 400_000, 1, "nested too deeply")]
    public void Should_not_decide_beyond_its_bounds(int steps, int trials, int patternStates, int depth, string says)
    {
        const string Old = """{"properties":{"a":{"properties":{"b":{"properties":{"c":{"type":"string","pattern":"^x{1,40}$"}}}}}}}""";
        var @new = Old.Replace("{1,40}", "{1,41}", StringComparison.Ordinal);
        var bounds = new CompatibilityOptions { MaxSteps = steps, MaxTrials = trials, MaxPatternStates = patternStates, MaxDepth = depth };

        Assert.That(ComparedSchemas.Compare(Old, @new).Verdict, Is.EqualTo(CompatibilityVerdict.Compatible));
        var report = ComparedSchemas.Compare(Old, @new, CompatibilityMode.Backward, bounds);
        Assert.That(report.Verdict, Is.EqualTo(CompatibilityVerdict.NotDecided));
        Assert.That(report.Findings[0].MessageEn, Does.Contain(says));
    }

    [Test]
    public void Should_stop_when_it_is_told_to()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var registry = new ExchangeBus.JsonSchema.SchemaRegistry();
        registry.Add(new Uri(Schemas.Address), """{"type":"string"}"""u8);

        Assert.Throws<OperationCanceledException>(() => SchemaComparison.Compare(
            registry, new Uri(Schemas.Address), registry, new Uri(Schemas.Address), CompatibilityMode.Full, null, stopped.Token));
    }
}
