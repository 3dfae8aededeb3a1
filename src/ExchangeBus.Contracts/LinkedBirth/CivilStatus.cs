namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>Command to the civil-status registry.</summary>
public sealed record RegisterBirth
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Commune that registers, 5 digits.</summary>
    public required string Commune { get; init; }

    /// <summary>Birth notice of the hospital; none when the child was born elsewhere.</summary>
    public required Stated<string> BirthNoticeNumber { get; init; }

    /// <summary>The child.</summary>
    public required Child Child { get; init; }

    /// <summary>The mother.</summary>
    public required Adult Mother { get; init; }

    /// <summary>The father; unknown when he is not established, none when the law knows none.</summary>
    public Stated<Adult>? Father { get; init; }

    /// <summary>Who applies.</summary>
    public required Adult Applicant { get; init; }

    /// <summary>What the applicant is to the child, in words.</summary>
    public string? ApplicantRelation { get; init; }

    /// <summary>Marriage of the parents.</summary>
    public Stated<Marriage>? Marriage { get; init; }

    /// <summary>Papers handed in.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Until when the law gives the registry (Law on Civil Status 60/2014, article 5.3).</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The entry in the civil-status book: the pivot after which a linked procedure only goes forward.</summary>
public sealed record BirthRegistered
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Number in the book, for example <c>24</c>.</summary>
    public required string RegistrationNumber { get; init; }

    /// <summary>The book, for example <c>01/2026</c>.</summary>
    public required string Book { get; init; }

    /// <summary>Commune that registered, 5 digits.</summary>
    public required string Commune { get; init; }

    /// <summary>Day of registration.</summary>
    public required DateOnly RegisteredOn { get; init; }

    /// <summary>Personal identification number of the child, when the population database has answered already.</summary>
    public string? PersonalId { get; init; }

    /// <summary>The child as registered.</summary>
    public required Child Child { get; init; }
}
