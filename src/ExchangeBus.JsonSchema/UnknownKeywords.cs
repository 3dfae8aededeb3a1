namespace ExchangeBus.JsonSchema;

/// <summary>What to do with a keyword that the schema's dialect does not define.</summary>
public enum UnknownKeywords
{
    /// <summary>An error at load: a misspelt keyword must not quietly check nothing. The default.</summary>
    Refuse,

    /// <summary>Treated as an annotation, as the specification asks of a general validator (2020-12 core, section 4.3.1).</summary>
    Ignore,
}
