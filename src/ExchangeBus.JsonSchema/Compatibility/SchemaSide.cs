using ExchangeBus.JsonSchema.Loading;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>One of the two schemas compared, with everything it refers to.</summary>
internal sealed class SchemaSide
{
    private readonly SchemaCompiler _compiler;
    private readonly int _number;
    private readonly Dictionary<(SchemaDocument, int), SchemaAt> _places = [];

    public SchemaSide(SchemaRegistry registry, Uri root, int number)
    {
        var (compiler, document, token) = registry.Open(root);
        _compiler = compiler;
        _number = number;
        Root = At(document, token);
    }

    public SchemaAt Root { get; }

    public bool IsDynamic => _compiler.HasDynamicReferences;

    public JsonSchemaOptions Options => _compiler.Options;

    /// <summary>The schema at a place; always the same object for the same place.</summary>
    public SchemaAt At(SchemaDocument document, int token)
    {
        if (!_places.TryGetValue((document, token), out var place))
            _places[(document, token)] = place = new SchemaAt(this, (_places.Count * 2) + _number, document, token, _compiler.SourceOf(document, token));
        return place;
    }

    public SchemaAt Target(SchemaSource source, string reference)
    {
        var (document, token) = _compiler.TargetOf(source, reference);
        return At(document, token);
    }

    public CompiledSchema Compiled(SchemaDocument document, int token) => _compiler.At(document, token);
}
