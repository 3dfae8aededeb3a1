using System.Text.Json.Nodes;
using CsCheck;

namespace ExchangeBus.Tests.Release;

public class When_releases_are_random
{
    private const int Cases = 1_500;
    private static readonly string[] Spoken = ["*", "a", "b", "c", "d~1e", "~0f", "tên \"g\""];

    [TestCase(true)]
    [TestCase(false)]
    public void Should_release_what_is_listed_and_nothing_else(bool isValid) => Gen.Int[0, int.MaxValue - 1].Sample(seed => Check(seed, isValid), iter: Cases);

    private static void Check(int seed, bool isValid)
    {
        var random = new RandomRelease(seed, isValid);
        var type = Cuts.TypeOf(random.Schema.ToJsonString());
        var list = random.List(type.Fields);
        var (text, withheld) = type.Compile(list).Of(random.Body.ToJsonString());
        string Case() => $"seed {seed}\nschema {random.Schema}\nlist {string.Join(' ', list)}\nbody {random.Body.ToJsonString()}\ncut {text}\nwithheld {string.Join(' ', withheld)}";

        Assert.That(text is null, Is.EqualTo(withheld.Length == 0), Case);
        // Throws when it is not JSON.
        var cut = text is null ? random.Body : JsonNode.Parse(text)!;
        foreach (var (path, value) in Leaves(random.Body, []))
        {
            var there = At(cut, path);
            var isKept = there is not null && JsonNode.DeepEquals(there, value);
            var isCovered = withheld.Any(w => ReleaseOracle.Covers(w, path));
            var mayBeReleased = random.Oracle.IsReleased(list, path);
            Assert.That(isKept || isCovered, Is.True, () => $"lost: {string.Join('/', path)}\n{Case()}");
            if (value is not JsonValue) continue;
            Assert.That(isKept && !mayBeReleased, Is.False, () => $"leaked: {string.Join('/', path)}\n{Case()}");
            Assert.That(isValid && mayBeReleased && !isKept, Is.False, () => $"withheld without need: {string.Join('/', path)}\n{Case()}");
            if (!isKept) Assert.That(text, Does.Not.Contain(value.ToJsonString()), Case);
        }

        // Nothing stands in the cut that was not in the body, but for what keeps the place of an item.
        foreach (var (path, value) in Leaves(cut, []))
        {
            var was = At(random.Body, path);
            Assert.That(was is not null && (JsonNode.DeepEquals(was, value) || value is null or JsonObject or JsonArray), Is.True, () => $"made up: {string.Join('/', path)}\n{Case()}");
        }

        Assert.That(withheld, Is.Unique, Case);
        Assert.That(withheld.SelectMany(w => w[1..].Split('/')).Except(Spoken), Is.Empty, Case);
    }

    private static IEnumerable<(object[] Path, JsonNode? Value)> Leaves(JsonNode? node, object[] path) => node switch
    {
        JsonObject { Count: > 0 } map => map.SelectMany(m => Leaves(m.Value, [.. path, m.Key])),
        JsonArray { Count: > 0 } list => list.SelectMany((item, i) => Leaves(item, [.. path, i])),
        _ => [(path, node)],
    };

    private static JsonNode? At(JsonNode? node, IEnumerable<object> path) => path.Aggregate(node, (at, step) => (at, step) switch
    {
        (JsonObject map, string name) => map[name],
        (JsonArray list, int i) when i < list.Count => list[i],
        _ => null,
    });
}
