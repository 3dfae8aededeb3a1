using System.Text;
using ExchangeBus.Benchmarks.Measuring;

namespace ExchangeBus.Benchmarks.Contenders.Validators;

/// <summary>NJsonSchema on the same schema, bundled into one document with <c>definitions</c>, for it knows neither <c>$defs</c> nor documents that are not fetched.</summary>
internal sealed class NJsonSchemaValidator : IContender
{
    private readonly string _valid = Encoding.UTF8.GetString(BirthEvent.Data("v1.valid/single-mother.json"));
    private readonly string _invalid = Encoding.UTF8.GetString(BirthEvent.Data("v1.invalid/birth-date-bad-date.json"));
    private NJsonSchema.JsonSchema? _schema;

    public string Name => "NJsonSchema 11.6.2";

    public Side Side => Side.Rival;

    public async Task PrepareAsync(CancellationToken cancellationToken) => _schema = await NJsonSchema.JsonSchema.FromJsonAsync(Bundle(), cancellationToken);

    public Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken) =>
        Task.Run(() => Checks.Run(Name, load, () => _schema!.Validate(_valid).Count == 0, () => _schema!.Validate(_invalid).Count == 0), cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Bundle()
    {
        var schema = System.Text.Json.Nodes.JsonNode.Parse(Read("portal/linkedbirthsubmitted/v1.schema.json"))!.AsObject();
        var shared = System.Text.Json.Nodes.JsonNode.Parse(Read("definitions/v1.schema.json"))!.AsObject();
        schema["definitions"] = shared["$defs"]!.DeepClone();
        schema.Remove("$schema");
        schema.Remove("$id");
        return schema.ToJsonString()
            .Replace("../../definitions/v1.schema.json#/$defs/", "#/definitions/", StringComparison.Ordinal)
            .Replace("#/$defs/", "#/definitions/", StringComparison.Ordinal);
    }

    private static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(BirthEvent.SchemasFolder, file));
}
