using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Checks;
using ExchangeBus.Checks.Rules.Plans;
using ExchangeBus.Release;
using ExchangeBus.Release.Cutting;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Release;

/// <summary>Cuts for tests: of the repository's schemas, or of one that the test writes itself.</summary>
internal static class Cuts
{
    private static readonly SchemaFiles Published = new(new ContractFiles(SchemaFolder.Root));

    public static ReleasableTypes Types { get; } = new(Published);

    public static ReleasableType TypeOf(string schema) => TypeOf([schema]);

    /// <summary>A type that several versions of a schema describe. References stay within each.</summary>
    public static ReleasableType TypeOf(params string[] versions)
    {
        var folder = Directory.CreateTempSubdirectory("exchangebus-release-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "test", "type"));
            for (var i = 0; i < versions.Length; i++) File.WriteAllText(Path.Combine(folder.FullName, FileOf(i)), versions[i]);
            var parts = versions.Select((v, i) => new SchemaPart(JsonNode.Parse(v)!.AsObject(), FileOf(i)));
            return new ReleasableType("vn.test.type.v1", new SchemaFiles(new ContractFiles(folder.FullName)), parts);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static Cut Compile(this ReleasableType type, params string[] fields)
    {
        Assert.That(type.TryCompile(fields, out var cut, out var violations), Is.True, () => string.Join('\n', violations));
        return cut!;
    }

    /// <summary>The cut body, or null when the body goes as it is; and what was withheld.</summary>
    public static (string? Body, string[] Withheld) Of(this Cut cut, string body)
    {
        var (output, withheld) = (new System.Buffers.ArrayBufferWriter<byte>(), new WithheldFields());
        var isCut = cut.TryCut(Encoding.UTF8.GetBytes(body), output, withheld);
        Assert.That(isCut, Is.EqualTo(output.WrittenCount > 0));
        return (isCut ? Encoding.UTF8.GetString(output.WrittenSpan) : null, [.. withheld.Pointers]);
    }

    private static string FileOf(int version) => $"test/type/v1.{version}.schema.json";
}
