using CsCheck;

namespace ExchangeBus.Tests.JsonSchema;

public class When_documents_are_random
{
    private static readonly string[] SchemaTexts =
    [
        """{"type":"object","properties":{"a":{"type":["number","object"],"minimum":0},"b":{"not":{"type":"null"}},"c":{"$ref":"#"}},"required":["a"]}""",
        """{"anyOf":[{"properties":{"a":true},"required":["a"]},{"items":{"type":"number"},"type":"array"}],"unevaluatedProperties":false,"unevaluatedItems":false}""",
        """{"oneOf":[{"type":"object"},{"maxItems":2},{"const":1}],"not":{"enum":[null,"a"]}}""",
        """{"if":{"required":["a"]},"then":{"properties":{"a":{"type":"array","uniqueItems":true,"contains":{"type":"integer"},"maxContains":2}}},"else":{"propertyNames":{"pattern":"^[bc]$"}},"patternProperties":{"^c":{"$ref":"#"}}}""",
        """{"$dynamicAnchor":"n","dependentSchemas":{"a":{"maxProperties":2}},"dependentRequired":{"b":["c"]},"items":{"$dynamicRef":"#n"},"prefixItems":[{"type":["string","null"]}],"multipleOf":0.5,"minLength":1}""",
    ];

    private static readonly Gen<string> Json = Values(4);

    [Test]
    public void Should_give_the_quick_and_the_full_answer_alike()
    {
        foreach (var text in SchemaTexts)
        {
            var schema = Schemas.Compile(text);
            var valid = 0;
            var invalid = 0;
            Json.Sample(
                json =>
                {
                    var holds = schema.IsValid(json);
                    Interlocked.Increment(ref holds ? ref valid : ref invalid);
                    Assert.That(schema.Validate(json).Count == 0, Is.EqualTo(holds), json);
                },
                iter: 8_000);
            Assert.That(Math.Min(valid, invalid), Is.GreaterThan(100), "both answers must occur, or nothing is compared: " + text);
        }
    }

    /// <summary>Cutting a text short or changing a byte must end in an answer, never in an exception.</summary>
    [Test]
    public void Should_survive_broken_text()
    {
        var schema = Schemas.Compile(SchemaTexts[0]);
        Gen.Select(Json, Gen.Int[0, 1_000], Gen.Byte).Sample(
            (json, at, value) =>
            {
                var bytes = System.Text.Encoding.UTF8.GetBytes(json);
                bytes[at % bytes.Length] = value;
                Assert.That(schema.Validate(bytes).Count == 0, Is.EqualTo(schema.IsValid(bytes)));
                var cut = bytes.AsSpan(0, at % bytes.Length).ToArray();
                Assert.That(schema.Validate(cut).Count == 0, Is.EqualTo(schema.IsValid(cut)));
            },
            iter: 10_000);
    }

    private static Gen<string> Values(int depth)
    {
        var scalar = Gen.OneOf("null", "true", "false", "0", "1", "-1", "2.5", "1e2", "\"a\"", "\"\"", "\"ế\\n\"");
        if (depth == 0) return scalar;
        var inner = Values(depth - 1);
        var array = inner.Array[0, 4].Select(items => $"[{string.Join(", ", items)}]");
        var @object = Gen.Select(Gen.Shuffle<string>(new[] { "a", "b", "c", "d" }), inner.Array[0, 4])
            .Select((names, values) => $"{{{string.Join(',', values.Select((value, index) => $"\"{names[index]}\":{value}"))}}}");
        return Gen.OneOf(scalar, array, @object);
    }
}
