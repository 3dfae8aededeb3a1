using System.Text.Json.Nodes;

namespace ExchangeBus.Tests.Release;

/// <summary>A random schema, a random list of fields and a random body. Every scalar of the body occurs once, so that it is known again in a cut.</summary>
internal sealed class RandomRelease
{
    private static readonly string[] Names = ["a", "b", "c", "d/e", "~f", "tên \"g\""];
    private static readonly string[] Unknown = ["079301000001", "zz", "A"];
    private static readonly string[] Classes = ["public", "personal", "sensitive"];

    private readonly Random _random;
    private readonly bool _isValid;
    private readonly bool _mayRefer;
    private int _values;

    /// <param name="seed">Of everything.</param>
    /// <param name="isValid">Whether values are of the kinds that the schema says; names that it does not know come all the same.</param>
    public RandomRelease(int seed, bool isValid)
    {
        (_random, _isValid) = (new Random(seed), isValid);
        // Definitions refer to nothing, so that the oracle may follow references without end.
        var definitions = new JsonObject { ["x"] = Field(2), ["y"] = Object(2) };
        _mayRefer = true;
        Schema = Object(0);
        Schema["$defs"] = definitions;
        Oracle = new ReleaseOracle(Schema);
        Body = Value([Schema], 0, root: true)!.AsObject();
    }

    public JsonObject Schema { get; }

    public JsonObject Body { get; }

    public ReleaseOracle Oracle { get; }

    /// <summary>Some of the fields that exist, and some classes.</summary>
    public string[] List(IReadOnlyList<string> fields) =>
        [.. fields.Where(_ => _random.Next(fields.Count) < 2), .. Classes.Where(_ => _random.Next(4) == 0), .. fields.Contains("/a") && Chance(10) ? new[] { "/*" } : []];

    private bool Chance(int percent) => _random.Next(100) < percent;

    private JsonObject Object(int depth)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = Fields(depth) };
        if (Chance(20)) schema["additionalProperties"] = Field(depth + 1);
        else if (Chance(30)) schema["additionalProperties"] = false;
        if (Chance(15)) schema["allOf"] = new JsonArray(new JsonObject { ["properties"] = Fields(depth) });
        if (Chance(10)) (schema["if"], schema["then"]) = (new JsonObject { ["required"] = new JsonArray("a") }, new JsonObject { ["properties"] = Fields(depth) });
        return schema;
    }

    private JsonObject Fields(int depth) => new(Names.Where(_ => Chance(45)).Select(name => KeyValuePair.Create(name, (JsonNode?)Field(depth + 1))));

    private JsonObject Field(int depth)
    {
        JsonObject schema = _random.Next(depth > 3 ? 3 : 9) switch
        {
            0 => new() { ["type"] = "string" },
            1 => new() { ["type"] = new JsonArray("integer", "null") },
            2 => new() { },
            3 or 4 => Object(depth),
            5 => new() { ["type"] = "array", ["items"] = Field(depth + 1) },
            6 => new() { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, Object(depth + 1)) },
            7 when _mayRefer => new() { ["$ref"] = Chance(50) ? "#/$defs/x" : "#/$defs/y" },
            _ => new() { ["type"] = "array", ["prefixItems"] = new JsonArray(Field(depth + 1), Field(depth + 1)), ["items"] = false },
        };
        if (Chance(80)) schema["x-classification"] = Classes[_random.Next(3)];
        return schema;
    }

    private JsonNode? Value(IReadOnlyList<JsonObject> schemas, int depth, bool root = false)
    {
        var kinds = Oracle.Kinds(schemas);
        if (!root && !_isValid && Chance(20)) kinds = ["scalar", "object", "array"];
        return kinds[_random.Next(kinds.Length)] switch
        {
            "object" when depth < 6 => ObjectOf(schemas, depth),
            "array" when depth < 6 => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(Oracle.Item(schemas), depth + 1))]),
            "object" => new JsonObject(),
            "array" => new JsonArray(),
            _ => Chance(50) ? JsonValue.Create($"v{++_values}\"é") : JsonValue.Create(2_000_000 + ++_values),
        };
    }

    private JsonObject ObjectOf(IReadOnlyList<JsonObject> schemas, int depth)
    {
        var names = Names.Where(_ => Chance(50)).Concat(Unknown.Where(_ => Chance(15))).ToArray();
        _random.Shuffle(names);
        return new(names.Select(name => KeyValuePair.Create(name, Value(Oracle.Field(schemas, name), depth + 1))));
    }
}
