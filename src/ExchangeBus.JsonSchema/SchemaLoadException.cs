namespace ExchangeBus.JsonSchema;

/// <summary>A schema cannot be loaded. It is thrown at load, so that no document is ever checked against half a schema.</summary>
public sealed class SchemaLoadException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Stable code, see <see cref="Code"/>.</param>
    /// <param name="schemaLocation">Absolute location of the cause.</param>
    /// <param name="message">What is wrong, in English.</param>
    public SchemaLoadException(string code, string schemaLocation, string message)
        : base($"{message} ({schemaLocation})")
    {
        Code = code;
        SchemaLocation = schemaLocation;
    }

    /// <summary>
    /// One of <c>load.json</c>, <c>load.keyword-value</c>, <c>load.unknown-keyword</c>, <c>load.unknown-format</c>,
    /// <c>load.unresolved-reference</c>, <c>load.reference-loop</c>, <c>load.duplicate-identifier</c>,
    /// <c>load.unknown-dialect</c>, <c>load.unknown-vocabulary</c>, <c>load.pattern</c>.
    /// </summary>
    public string Code { get; }

    /// <summary>Absolute location of the cause: base URI and fragment pointer.</summary>
    public string SchemaLocation { get; }
}
