using System.Text;
using ExchangeBus.JsonSchema;
using ExchangeBus.JsonSchema.Compatibility;

namespace ExchangeBus.Tests.JsonSchema;

/// <summary>Compares schema texts the way most tests here want it.</summary>
internal static class ComparedSchemas
{
    private static readonly Uri Address = new(Schemas.Address);

    public static CompatibilityReport Compare(string old, string @new, CompatibilityMode mode = CompatibilityMode.Backward, CompatibilityOptions? options = null) =>
        SchemaComparison.Compare(Registry(old), Address, Registry(@new), Address, mode, options);

    public static string Written(this CompatibilityReport report) => string.Join('\n', report.Findings);

    private static SchemaRegistry Registry(string text)
    {
        var registry = new SchemaRegistry(new JsonSchemaOptions { AssertFormats = true });
        registry.Add(Address, Encoding.UTF8.GetBytes(text));
        return registry;
    }
}
