namespace ExchangeBus.Contracts.Corrections;

/// <summary>A record in a civil-status book; commune, book and number are its key.</summary>
public sealed record RegistrationReference
{
    /// <summary><c>birth</c>, <c>death</c>, <c>marriage</c>, <c>parentage</c>, <c>guardianship</c> or <c>other</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Number in the book.</summary>
    public required string RegistrationNumber { get; init; }

    /// <summary>The book, for example <c>01/2026</c>.</summary>
    public required string Book { get; init; }

    /// <summary>Page of the book, 1 to 4 digits.</summary>
    public string? Page { get; init; }

    /// <summary>Commune of the book, 5 digits as they were on the day of registration.</summary>
    public required string Commune { get; init; }

    /// <summary>Day of registration.</summary>
    public required DateOnly RegisteredOn { get; init; }
}

/// <summary>The document on which something rests.</summary>
public sealed record Decision
{
    /// <summary>Number, for example <c>12/QĐ-UBND</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Day of the decision.</summary>
    public required DateOnly DecidedOn { get; init; }

    /// <summary>Who decided.</summary>
    public required string Authority { get; init; }

    /// <summary>Document and article.</summary>
    public string? LegalBasis { get; init; }
}
