using ExchangeBus.JsonSchema.Loading;

namespace ExchangeBus.JsonSchema;

/// <summary>
/// Holds schema documents that may refer to one another. Nothing is ever fetched; the metaschemas of draft 2020-12
/// are built in. Safe to use from several threads.
/// </summary>
/// <param name="options">How schemas are read and checks are bounded.</param>
public sealed class SchemaRegistry(JsonSchemaOptions options)
{
    private readonly SchemaStore _store = new(options);
    private readonly Lock _gate = new();

    /// <summary>A registry with the default options.</summary>
    public SchemaRegistry()
        : this(new JsonSchemaOptions())
    {
    }

    /// <summary>Adds a document, known by <paramref name="baseUri"/> and by its <c>$id</c>, with the resources embedded in it.</summary>
    /// <param name="baseUri">Absolute address the document was read from; relative identifiers in it resolve against this.</param>
    /// <param name="utf8Schema">The schema as UTF-8 JSON. It is copied.</param>
    /// <exception cref="SchemaLoadException">The text is not JSON, or an identifier is taken already.</exception>
    public void Add(Uri baseUri, ReadOnlySpan<byte> utf8Schema)
    {
        lock (_gate) _store.Add(baseUri, utf8Schema);
    }

    /// <summary>Compiles a schema with everything it refers to. Do it once and keep the result.</summary>
    /// <param name="uri">Identifier of a document or resource, with a fragment for a schema inside it.</param>
    /// <exception cref="SchemaLoadException">A reference, keyword, pattern or dialect is not known or not well-formed, or the schema loops.</exception>
    public CompiledSchema Compile(Uri uri)
    {
        lock (_gate) return new SchemaCompiler(_store, options).Compile(uri);
    }

    /// <summary>The schema and all it refers to, open to be looked into and no longer to be changed.</summary>
    internal (SchemaCompiler Compiler, SchemaDocument Document, int Token) Open(Uri uri)
    {
        lock (_gate)
        {
            var compiler = new SchemaCompiler(_store, options);
            var (document, token) = compiler.Load(uri);
            return (compiler, document, token);
        }
    }
}
