namespace ExchangeBus.Subscriptions.Agreements;

/// <summary>What an agreement says: to which system, what for, by which law, which types and fields, where, and until when.</summary>
internal sealed record AgreementTerms
{
    /// <summary>The one system of the agency that may use it; null means any.</summary>
    public string? System { get; init; }

    /// <summary>What the data is needed for, in words, 3 to 500 characters. Required.</summary>
    public required string Purpose { get; init; }

    /// <summary>The law that permits it. Absent where the configuration says so.</summary>
    public LegalBasis? LegalBasis { get; init; }

    /// <summary>Procedure codes: only events whose <c>purpose</c> is one of them. Empty means events of any procedure and of none.</summary>
    public IReadOnlyList<string> Procedures { get; init; } = [];

    /// <summary>Types with the fields that leave. At least one.</summary>
    public required IReadOnlyList<ReleaseTerms> Releases { get; init; }

    /// <summary>Province codes of 2 digits: only events whose place lies there on the day of the event. Empty means the whole country.</summary>
    public IReadOnlyList<string> Provinces { get; init; } = [];

    /// <summary>First day, Vietnam's time; null means from its approval.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day, Vietnam's time; null means until somebody ends it.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>Only events that their publisher has signed.</summary>
    public bool RequireSignature { get; init; }
}

/// <summary>Some types and what leaves of their bodies.</summary>
/// <param name="Types">Exact, or with a trailing <c>*</c>.</param>
/// <param name="Fields">JSON pointers, classes (<c>public</c>, <c>personal</c>, <c>sensitive</c>) or <c>all</c>.</param>
internal sealed record ReleaseTerms(IReadOnlyList<string> Types, IReadOnlyList<string> Fields);

/// <summary>A document in force and its article.</summary>
/// <param name="Document">Number and sign, for example <c>63/2024/NĐ-CP</c>.</param>
/// <param name="Article">Article, clause or point.</param>
internal sealed record LegalBasis(string Document, string? Article = null);
