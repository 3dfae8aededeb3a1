using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Desk;

namespace ExchangeBus.Procedures.Search;

/// <summary>Which dossiers are asked for; what is null is not asked about.</summary>
internal sealed record DossierFilter
{
    /// <summary>A number of any of the six worlds, whole.</summary>
    public string? Number { get; init; }

    /// <summary>Its name, <c>linkedbirth</c> or <c>linkeddeath</c>.</summary>
    public string? Procedure { get; init; }

    /// <summary>One or several states.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>Code of an agency that holds it, or <c>citizen</c>.</summary>
    public string? Holder { get; init; }

    /// <summary>Commune that registers, 5 digits, or the 2 digits of a province.</summary>
    public string? Commune { get; init; }

    /// <summary>Whether a deadline has passed that it still waits for.</summary>
    public bool? IsLate { get; init; }

    /// <summary>The nearest deadline is earlier.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Code of a matter that waits for a person; <c>*</c> for any.</summary>
    public string? Matter { get; init; }

    /// <summary>A step that somebody is asked for, or that is blocked.</summary>
    public string? Step { get; init; }

    internal Violation? Check() => States is { Count: > 32 } || new[] { Number, Procedure, Holder, Commune, Matter, Step }.Concat(States ?? []).Any(t => t is { Length: 0 or > 128 })
        ? DeskRejections.Filter() : null;
}

/// <summary>One dossier in the list; nothing personal.</summary>
/// <param name="Procedure">Its name.</param>
/// <param name="DossierNumber">Its number at the portal.</param>
/// <param name="Version">To be sent back with an action.</param>
/// <param name="State">State of the procedure.</param>
/// <param name="Commune">Commune that registers.</param>
/// <param name="Holders">Who holds it now, joined by a comma.</param>
/// <param name="DueAt">The nearest deadline; null at the end.</param>
/// <param name="IsLate">True when a deadline has passed that it still waits for.</param>
/// <param name="Matters">How many matters wait for a person.</param>
/// <param name="SubmittedAt">When the citizen handed it in.</param>
/// <param name="UpdatedAt">When it last moved.</param>
internal sealed record FoundDossier(
    string Procedure, string DossierNumber, int Version, string State, string Commune, string Holders, DateTimeOffset? DueAt, bool IsLate, int Matters, DateTimeOffset SubmittedAt,
    DateTimeOffset UpdatedAt);

/// <summary>Some of the dossiers that were found.</summary>
/// <param name="Dossiers">The newest first.</param>
/// <param name="Next">To be sent as <c>after</c> for those that follow; null at the end.</param>
internal sealed record FoundDossiers(IReadOnlyList<FoundDossier> Dossiers, string? Next);
