using System.Text.Json.Nodes;

namespace ExchangeBus.Tests.Release;

/// <summary>
/// Says of one place in a body whether a list releases it, by walking the schema as a document for every question. It shares nothing with the
/// compiler of cuts.
/// </summary>
internal sealed class ReleaseOracle(JsonObject root)
{
    private static readonly string[] All = ["scalar", "object", "array"];
    private static readonly string[] Classes = ["public", "personal", "sensitive"];

    /// <summary>All schemas that have a say, whatever branch they stand in.</summary>
    public IEnumerable<JsonObject> Applied(JsonObject schema)
    {
        yield return schema;
        string[] branches = ["allOf", "oneOf"];
        var inPlace = branches.SelectMany(b => schema[b] as JsonArray ?? []).Append(schema["if"]).Append(schema["then"])
            .Append(schema["$ref"] is { } reference ? root["$defs"]![((string)reference!)[^1..]] : null).OfType<JsonObject>();
        foreach (var applied in inPlace.SelectMany(Applied)) yield return applied;
    }

    public string[] Kinds(IReadOnlyList<JsonObject> schemas)
    {
        var types = schemas.SelectMany(Applied).Select(s => s["type"]).OfType<JsonNode>()
            .SelectMany(t => t is JsonArray list ? list.Select(n => (string)n!) : [(string)t!])
            .Select(t => t is "object" or "array" ? t : "scalar").Distinct().ToArray();
        return types.Length == 0 ? All : types;
    }

    public IReadOnlyList<JsonObject> Field(IReadOnlyList<JsonObject> schemas, string name)
    {
        var applied = schemas.SelectMany(Applied).ToList();
        var named = applied.Select(s => (s["properties"] as JsonObject)?[name]).OfType<JsonObject>().ToList();
        return named.Count > 0 ? named : [.. applied.Select(s => s["additionalProperties"]).OfType<JsonObject>()];
    }

    public IReadOnlyList<JsonObject> Item(IReadOnlyList<JsonObject> schemas) =>
        [.. schemas.SelectMany(Applied).SelectMany(s => (s["prefixItems"] as JsonArray ?? []).Append(s["items"])).OfType<JsonObject>()];

    /// <summary>Whether the schema leaves open what is inside.</summary>
    public bool IsFree(IReadOnlyList<JsonObject> schemas) => schemas.SelectMany(Applied)
        .All(s => s["items"] is null && s["prefixItems"] is null && s["additionalProperties"] is null && s["properties"] is null or JsonObject { Count: 0 });

    /// <param name="list">Pointers and classes.</param>
    /// <param name="path">Names, and an int for each item.</param>
    public bool IsReleased(IEnumerable<string> list, IReadOnlyList<object> path)
    {
        IReadOnlyList<JsonObject> schemas = [root];
        var rank = -1;
        // A pointer cannot lead into what the schema leaves open: that goes as one. And a name that the schema does not give is written *.
        var known = new List<object>();
        foreach (var step in path)
        {
            var named = step is string name && schemas.SelectMany(Applied).Any(s => (s["properties"] as JsonObject)?.ContainsKey(name) == true);
            var inner = step is string field ? Field(schemas, field) : Item(schemas);
            if (inner.Count == 0 && !(schemas.Count > 0 && IsFree(schemas))) return false;
            if (inner.Count == 0) break;
            var own = inner.SelectMany(Applied).Select(s => (string?)s["x-classification"]).OfType<string>().Select(c => Array.IndexOf(Classes, c)).DefaultIfEmpty(-1).Max();
            rank = Math.Max(rank, own >= 0 ? own : named ? Classes.Length : rank);
            schemas = inner;
            known.Add(named ? step : 0);
        }

        return list.Any(entry => Array.IndexOf(Classes, entry) is var listed and >= 0 ? listed == rank : Covers(entry, known));
    }

    /// <summary>Whether a pointer with <c>*</c> names the place or something around it.</summary>
    public static bool Covers(string pointer, IReadOnlyList<object> path)
    {
        var steps = pointer.Length == 0 ? [] : pointer[1..].Split('/').Select(s => s.Replace("~1", "/").Replace("~0", "~")).ToArray();
        return steps.Length <= path.Count && steps.Zip(path).All(s => s.First == "*" || (s.Second is string name && s.First == name));
    }
}
