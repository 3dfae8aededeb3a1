using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.Desk;

/// <summary>Something is missing: the clock stands until the citizen has supplied it.</summary>
public sealed record SupplementRequested
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Code of the agency that asks (Decision 20/2020/QĐ-TTg).</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When it asked; the clock stands from here.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Everything that is missing, said at once: 1 to 20.</summary>
    public required IReadOnlyList<MissingItem> Items { get; init; }

    /// <summary>Until when the citizen has time.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>One thing that is missing from a dossier.</summary>
public sealed record MissingItem
{
    /// <summary>Stable code of what is missing.</summary>
    public required string Code { get; init; }

    /// <summary>What is missing, in words for the citizen.</summary>
    public required string Text { get; init; }

    /// <summary>JSON Pointer (RFC 6901) into the submission, when a field is wrong or missing.</summary>
    public string? Field { get; init; }
}

/// <summary>The citizen has supplied papers, or a word of explanation, or both: the clock runs again.</summary>
public sealed record SupplementSubmitted
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>When the citizen supplied it; the clock runs from here.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Papers supplied, at most 20.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Explanation in words.</summary>
    public string? Note { get; init; }
}
