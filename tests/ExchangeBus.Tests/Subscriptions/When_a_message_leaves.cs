using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Dispatch;
using ExchangeBus.Tests.Release;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Subscriptions;

[TestFixture]
public sealed class When_a_message_leaves
{
    /// <summary>Every real type and each of its examples, with random lists of pointers; what is allowed is said by comparing pointers alone.</summary>
    [TestCaseSource(typeof(SchemaFolder), nameof(SchemaFolder.Folders))]
    public void Should_hold_all_that_is_released_and_not_a_byte_of_what_is_not(string folder)
    {
        var type = Desk.Types.Find($"vn.{folder.Replace('/', '.')}.v1")!;
        var random = new Random(folder.Length);
        foreach (var file in SchemaFolder.Examples(folder, "valid"))
        {
            for (var round = 0; round < 40; round++)
            {
                var list = type.Fields.Where(_ => random.Next(type.Fields.Count) < 3).ToArray();
                var logged = Desk.Event(7, type.Name, File.ReadAllBytes(file), extensions: [(ExtensionAttributes.Signature, "header..signature"), (ExtensionAttributes.Purpose, "2.002621")]);
                var message = CloudEventJson.Read(DeliveryBody.Of(logged, new CutBodies().Of(logged, type.Compile(list)), previous: 5));

                var original = Leaves(JsonNode.Parse(logged.Data.Span), []).ToList();
                var (allowed, forbidden) = (original.Where(l => IsListed(list, l.Path)).ToList(), original.Where(l => !IsListed(list, l.Path)).ToList());
                var delivered = Leaves(JsonNode.Parse(message.Data.Span), []).ToList();
                var why = $"{Path.GetFileName(file)} with [{string.Join(' ', list)}] became {System.Text.Encoding.UTF8.GetString(message.Data.Span)}";
                Assert.That(allowed.Select(Text).Except(delivered.Select(Text)), Is.Empty, why);
                // In a list, an item of which nothing leaves keeps its place, empty.
                Assert.That(delivered.Where(l => l.Value is not ("null" or "{}" or "[]")).Select(Text).Except(allowed.Select(Text)), Is.Empty, why);
                Assert.That(message[ExtensionAttributes.Signature], Is.EqualTo(message[ExtensionAttributes.WithheldFields] is null ? "header..signature" : null), "a signature would tell of what is withheld");
                // An empty list or object is released with the list of its parts, which comparing pointers does not see.
                var isUnsure = forbidden.Count > 0 && forbidden.TrueForAll(l => l.Value is "{}" or "[]");
                Assert.That(isUnsure || message[ExtensionAttributes.WithheldFields] is null == (forbidden.Count == 0), Is.True, () => $"{why}; withheld: {message[ExtensionAttributes.WithheldFields]}");
                Assert.That((message[ExtensionAttributes.Sequence], message[ExtensionAttributes.PreviousSequence], message[ExtensionAttributes.Purpose]), Is.EqualTo(("7", "5", "2.002621")));
            }
        }
    }

    [Test]
    public void Should_be_cut_once_for_all_whose_agreements_release_the_same()
    {
        var bodies = new CutBodies();
        var type = Desk.Types.Find(Desk.Type)!;
        var logged = Desk.Event();

        Assert.That(bodies.Of(logged, type.Compile("public", "/child/birthDate")), Is.SameAs(bodies.Of(logged, type.Compile("/child/birthDate", "public"))));
        Assert.That(bodies.Of(logged, type.Compile("public")), Is.Not.SameAs(bodies.Of(logged, type.Compile("public", "/child/birthDate"))));
    }

    private static string Text((string[] Path, string Value) leaf) => $"{string.Join('/', leaf.Path)}={leaf.Value}";

    private static IEnumerable<(string[] Path, string Value)> Leaves(JsonNode? node, string[] path) => node switch
    {
        JsonObject { Count: > 0 } inner => inner.SelectMany(p => Leaves(p.Value, [.. path, p.Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)])),
        JsonArray { Count: > 0 } list => list.SelectMany((item, i) => Leaves(item, [.. path, $"{i}"])),
        _ => [(path, node?.ToJsonString() ?? "null")],
    };

    private static bool IsListed(string[] list, string[] path) => list.Any(pointer =>
    {
        var steps = pointer[1..].Split('/');
        return steps.Length <= path.Length && steps.Zip(path).All(s => s.First == s.Second || s.First == "*");
    });
}
