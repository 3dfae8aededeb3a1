using System.Text;
using ExchangeBus.JsonSchema;
using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.Tests.Architecture;

/// <summary>One violation of each kind that the validator has, made by the validator.</summary>
internal static class SchemaSamples
{
    private static readonly (string Schema, string Instance)[] Samples =
    [
        ("""{"type":"string"}""", "1"), ("""{"enum":["a","b"]}""", "1"), ("""{"const":"a"}""", "1"), ("""{"multipleOf":2}""", "1"), ("""{"maximum":0}""", "1"),
        ("""{"exclusiveMaximum":0}""", "1"), ("""{"minimum":2}""", "1"), ("""{"exclusiveMinimum":2}""", "1"), ("""{"maxLength":1}""", "\"ab\""),
        ("""{"minLength":1}""", "\"\""), ("""{"pattern":"^[0-9]$"}""", "\"a\""), ("""{"format":"date"}""", "\"a\""), ("""{"maxItems":0}""", "[1]"),
        ("""{"minItems":1}""", "[]"), ("""{"uniqueItems":true}""", "[1,1]"), ("""{"contains":{"type":"string"}}""", "[1]"),
        ("""{"contains":{"type":"number"},"maxContains":0,"minContains":0}""", "[1]"), ("""{"contains":{"type":"number"},"minContains":2}""", "[1]"),
        ("""{"maxProperties":0}""", """{"a":1}"""), ("""{"minProperties":1}""", "{}"), ("""{"required":["a"]}""", "{}"),
        ("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}"""), ("""{"additionalProperties":false}""", """{"a":1}"""),
        ("""{"unevaluatedProperties":false}""", """{"a":1}"""), ("""{"unevaluatedItems":false}""", "[1]"), ("""{"items":false}""", "[1]"),
        ("""{"prefixItems":[false]}""", "[1]"), ("""{"properties":{"a":false}}""", """{"a":1}"""), ("""{"patternProperties":{"a":false}}""", """{"a":1}"""),
        ("""{"propertyNames":{"maxLength":0}}""", """{"a":1}"""), ("""{"propertyNames":false}""", """{"a":1}"""), ("""{"allOf":[false]}""", "1"), ("""{"anyOf":[false]}""", "1"),
        ("""{"oneOf":[false]}""", "1"), ("""{"oneOf":[true,true]}""", "1"), ("""{"not":true}""", "1"), ("""{"if":true,"then":false}""", "1"),
        ("""{"if":false,"else":false}""", "1"), ("""{"dependentSchemas":{"a":false}}""", """{"a":1}"""), ("false", "1"),
    ];

    public static IEnumerable<SchemaViolation> All =>
    [
        .. Samples.SelectMany(sample => Validate(sample.Schema, sample.Instance)),
        .. Enum.GetValues<JsonFaultKind>().Where(k => k is not (JsonFaultKind.None or JsonFaultKind.DuplicateName)).Select(kind => ViolationWording.OfFault(new JsonFault(kind, 0))),
        .. Validate("true", """{"a":1,"a":2}"""),
        .. Enum.GetValues<Limit>().Where(limit => limit != Limit.None).Select(limit => ViolationWording.OfLimit(limit, "")),
    ];

    private static IReadOnlyList<SchemaViolation> Validate(string schema, string instance)
    {
        var registry = new SchemaRegistry(new JsonSchemaOptions { AssertFormats = true });
        var address = new Uri("https://schemas.exchangebus.vn/sample");
        registry.Add(address, Encoding.UTF8.GetBytes(schema));
        return registry.Compile(address).Validate(Encoding.UTF8.GetBytes(instance));
    }
}
