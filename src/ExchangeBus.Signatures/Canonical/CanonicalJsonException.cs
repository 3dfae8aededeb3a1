namespace ExchangeBus.Signatures;

/// <summary>A JSON text has no canonical form (RFC 8785 takes I-JSON only, RFC 7493).</summary>
public sealed class CanonicalJsonException : Exception
{
    /// <inheritdoc/>
    public CanonicalJsonException()
    {
    }

    /// <inheritdoc/>
    public CanonicalJsonException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public CanonicalJsonException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What is wrong.</summary>
    public CanonicalFault Fault { get; init; } = CanonicalFault.NotJson;
}

/// <summary>Why a JSON text has no canonical form.</summary>
public enum CanonicalFault
{
    /// <summary>It is not JSON (RFC 8259), or nested deeper than 64 levels.</summary>
    NotJson,

    /// <summary>An object has two members of one name (RFC 7493, section 2.3).</summary>
    DuplicateName,

    /// <summary>A string has half of a surrogate pair or is not UTF-8 (RFC 7493, section 2.1).</summary>
    NotUnicode,

    /// <summary>A number is beyond a double, or an integer that a double cannot tell from its neighbour (RFC 7493, section 2.2).</summary>
    NumberRange,
}
