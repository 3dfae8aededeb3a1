namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>A paper that shows who somebody is: how a foreign parent without personal number is known.</summary>
public sealed record IdentityDocument
{
    /// <summary><c>passport</c>, <c>foreignIdCard</c>, <c>travelDocument</c> or <c>other</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Number, at most 30 characters.</summary>
    public required string Number { get; init; }

    /// <summary>Day of issue, perhaps in part.</summary>
    public string? IssuedOn { get; init; }

    /// <summary>Who issued it.</summary>
    public string? Issuer { get; init; }

    /// <summary>Country of issue, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }
}

/// <summary>Marriage of the parents, as the portal's form asks for it.</summary>
public sealed record Marriage
{
    /// <summary>Number in the book, for example <c>119/2026</c>.</summary>
    public required string RegistrationNumber { get; init; }

    /// <summary>The book.</summary>
    public string? Book { get; init; }

    /// <summary>Day of registration, perhaps in part.</summary>
    public string? RegisteredOn { get; init; }

    /// <summary>Where it was registered, in words.</summary>
    public string? RegisteredAt { get; init; }
}

/// <summary>An attachment by reference: bytes never travel over the bus.</summary>
public sealed record Attachment
{
    /// <summary>What it is, for example <c>birthNotice</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>Media type.</summary>
    public required string MediaType { get; init; }

    /// <summary>SHA-256 of the bytes, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where whoever has the right to it fetches it; null when it is at no such place, and the publishing agency is asked for it by its hash.</summary>
    public string? Location { get; init; }
}
