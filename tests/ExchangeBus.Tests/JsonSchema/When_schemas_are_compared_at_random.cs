using CsCheck;
using ExchangeBus.JsonSchema.Compatibility;

namespace ExchangeBus.Tests.JsonSchema;

/// <summary>Whatever the comparison says is held against documents: "compatible" must never be contradicted, and an example must be one.</summary>
public sealed class When_schemas_are_compared_at_random
{
    private const int DocumentsForEachPair = 40;

    private static readonly CompatibilityOptions Bounds = new() { MaxSteps = 1_000, MaxTrials = 400, MaxPatternStates = 5_000 };

    private static readonly string[] Leaves =
    [
        "true", "false", "{}", """{"type":"string"}""", """{"type":"integer"}""", """{"type":"number","minimum":0}""", """{"type":["integer","null"]}""",
        """{"exclusiveMinimum":0,"maximum":2}""", """{"multipleOf":0.5}""", """{"enum":["a","ab",1,null]}""", """{"const":1}""", """{"const":"a"}""",
        """{"pattern":"^a"}""", """{"pattern":"^ab?$"}""", """{"pattern":"b"}""", """{"maxLength":1}""", """{"minLength":1,"maxLength":2}""", """{"type":"boolean"}""",
        """{"type":"object"}""", """{"type":"array","maxItems":2}""", """{"uniqueItems":true,"minItems":1}""", """{"not":{"type":"string"}}""", """{"type":"array","contains":{"const":1}}""",
    ];

    private static readonly string[] NameSets = ["", "\"a\"", "\"b\"", "\"a\",\"b\""];

    private static readonly Gen<(string Old, string New)> Pairs = Of(2);

    private static readonly Gen<string[]> Documents = Values(3).Array[DocumentsForEachPair];

    [Test]
    public void Should_never_be_contradicted()
    {
        var (compatible, incompatible, undecided, told) = (0, 0, 0, 0);
        Gen.Select(Pairs, Documents).Sample(
            (pair, documents) =>
            {
                var report = ComparedSchemas.Compare(pair.Old, pair.New, CompatibilityMode.Backward, Bounds);
                var (old, @new) = (Schemas.Compile(pair.Old), Schemas.Compile(pair.New));
                Interlocked.Increment(ref report.Verdict == CompatibilityVerdict.Compatible ? ref compatible
                    : ref report.Verdict == CompatibilityVerdict.Incompatible ? ref incompatible : ref undecided);
                foreach (var example in report.Findings.Select(finding => finding.Example).OfType<string>())
                    Assert.That(old.IsValid(example) && !@new.IsValid(example), Is.True, $"{pair.Old}\n{pair.New}\n{example} is no example");
                if (report.Verdict != CompatibilityVerdict.Compatible) return;
                foreach (var document in documents.Where(document => old.IsValid(document)))
                {
                    if (pair.Old != pair.New) Interlocked.Increment(ref told);
                    Assert.That(@new.IsValid(document), Is.True, $"{pair.Old}\n{pair.New}\nare said to be compatible, but not for {document}");
                }
            },
            iter: 1_500);

        TestContext.Out.WriteLine($"compatible {compatible}, incompatible {incompatible}, not decided {undecided}; documents that could contradict {told}");
        Assert.That(compatible, Is.GreaterThan(150));
        Assert.That(incompatible, Is.GreaterThan(150));
        Assert.That(told, Is.GreaterThan(500));
        Assert.That(undecided, Is.LessThan((compatible + incompatible) / 2), "a comparison that hardly ever decides is of no use");
    }

    private static Gen<(string Old, string New)> Of(int depth)
    {
        var leaf = Gen.Select(Gen.OneOf(Leaves), Gen.OneOf(Leaves), Gen.Int[0, 9], (one, other, dice) => (one, dice < 6 ? one : other));
        if (depth == 0) return leaf;
        var inner = Of(depth - 1);
        var names = Gen.Select(Gen.OneOf(NameSets), Gen.OneOf(NameSets), Gen.Int[0, 9], (one, other, dice) => (one, dice < 5 ? one : other));
        var objects = Gen.Select(inner, inner, leaf, names, (a, b, rest, required) => (
            $$"""{"type":"object","properties":{"a":{{a.Old}},"b":{{b.Old}}},"required":[{{required.one}}],"additionalProperties":{{rest.one}}}""",
            $$"""{"type":"object","properties":{"a":{{a.New}},"b":{{b.New}}},"required":[{{required.Item2}}],"additionalProperties":{{rest.Item2}}}"""));
        var closed = Gen.Select(inner, leaf, names, (a, b, dependent) => (
            $$"""{"properties":{"a":{{a.Old}}},"patternProperties":{"^[bc]":{{b.one}}},"dependentRequired":{"a":[{{dependent.one}}]},"unevaluatedProperties":false}""",
            $$"""{"properties":{"a":{{a.New}},"c":true},"patternProperties":{"^[bcd]":{{b.Item2}}},"dependentRequired":{"a":[{{dependent.Item2}}]},"additionalProperties":false}"""));
        var lists = Gen.Select(inner, leaf, (item, first) => (
            $$"""{"prefixItems":[{{first.one}}],"items":{{item.Old}},"minItems":1}""", $$"""{"prefixItems":[{{first.Item2}}],"items":{{item.New}}}"""));
        var logic = Gen.Select(inner, inner, Gen.OneOf("anyOf", "oneOf", "allOf"), Gen.OneOf("anyOf", "oneOf", "allOf"), Gen.Int[0, 9], (a, b, one, other, dice) => (
            $$"""{"{{one}}":[{{a.Old}},{{b.Old}}]}""", $$"""{"{{(dice < 6 ? one : other)}}":[{{a.New}},{{b.New}}]}"""));
        var conditions = Gen.Select(leaf, inner, inner, (condition, then, @else) => (
            $$"""{"if":{{condition.one}},"then":{{then.Old}},"else":{{@else.Old}}}""", $$"""{"if":{{condition.Item2}},"then":{{then.New}},"else":{{@else.New}}}"""));
        var others = Gen.Select(inner, Gen.OneOf("""{"not":@}""", """{"propertyNames":@,"minProperties":1}""", """{"dependentSchemas":{"a":@}}""", """{"contains":@}""",
            """{"allOf":[@],"type":["object","string","array","null"]}""", """{"allOf":[{"properties":{"a":true}}],"properties":{"b":@},"unevaluatedProperties":false}"""),
            (a, around) => (Put(around, a.Old), Put(around, a.New)));
        return Gen.OneOf(leaf, objects, objects, closed, lists, logic, logic, conditions, others);
    }

    private static string Put(string around, string schema) => around.Replace("@", schema, StringComparison.Ordinal);

    private static Gen<string> Values(int depth)
    {
        var scalar = Gen.OneOf("null", "true", "false", "0", "1", "2", "-1", "0.5", "\"a\"", "\"ab\"", "\"b\"", "\"\"", "\"abc\"");
        if (depth == 0) return scalar;
        var inner = Values(depth - 1);
        var array = inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]");
        var @object = Gen.Select(Gen.Shuffle<string>(new[] { "a", "b", "c", "d" }), inner.Array[0, 4])
            .Select((names, values) => $"{{{string.Join(',', values.Select((value, index) => $"\"{names[index]}\":{value}"))}}}");
        return Gen.OneOf(scalar, scalar, array, @object, @object);
    }
}
