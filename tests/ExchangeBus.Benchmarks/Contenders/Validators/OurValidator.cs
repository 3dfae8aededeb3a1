using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.JsonSchema;

namespace ExchangeBus.Benchmarks.Contenders.Validators;

/// <summary>The bus's own validator, with the options that the bus uses.</summary>
internal sealed class OurValidator : IContender
{
    private readonly byte[] _valid = BirthEvent.Data("v1.valid/single-mother.json");
    private readonly byte[] _invalid = BirthEvent.Data("v1.invalid/birth-date-bad-date.json");
    private CompiledSchema? _schema;

    public string Name => "ours, ExchangeBus.JsonSchema";

    public Side Side => Side.Ours;

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        var registry = new SchemaRegistry(new JsonSchemaOptions { AssertFormats = true });
        var root = new Uri("https://schemas.exchangebus.vn/");
        foreach (var file in (string[])["definitions/v1.schema.json", "portal/linkedbirthsubmitted/v1.schema.json"])
            registry.Add(new Uri(root, file), File.ReadAllBytes(Path.Combine(BirthEvent.SchemasFolder, file)));
        _schema = registry.Compile(new Uri(root, "portal/linkedbirthsubmitted/v1.schema.json"));
        return Task.CompletedTask;
    }

    public Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken) =>
        Task.Run(() => Checks.Run(Name, load, () => _schema!.IsValid(_valid), () => _schema!.IsValid(_invalid)), cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
