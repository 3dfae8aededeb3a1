namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>What the citizen hands in for the linked procedures at birth (Decree 63/2024).</summary>
public sealed record LinkedBirthSubmitted
{
    /// <summary>Number of the dossier at the portal, for example <c>G22.99.08-261123-000042</c>; also the event's subject.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Commune that registers the birth, 5 digits.</summary>
    public required string Commune { get; init; }

    /// <summary>Procedures chosen beside the birth registration; see <see cref="LinkedProcedures"/>. May be empty.</summary>
    public required IReadOnlyList<string> Procedures { get; init; }

    /// <summary>Birth notice of the hospital, <c>NNNNN.GCS.FFFFF.YY</c>; none when the child was born elsewhere (Law on Civil Status 60/2014, article 16).</summary>
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

    /// <summary>Whether the identity card of the child under six is chosen too (Decree 301/2026, from 1 September 2026). Absent: it is not.</summary>
    public bool? IdentityCard { get; init; }

    /// <summary>Head of the household that takes the child in.</summary>
    public required Adult HouseholdHead { get; init; }

    /// <summary>What the child is to the head of the household: a code of the residence registry.</summary>
    public string? HouseholdHeadRelation { get; init; }
}

/// <summary>The procedures that a citizen may link to the birth registration.</summary>
public static class LinkedProcedures
{
    /// <summary>Permanent residence of the child.</summary>
    public const string PermanentResidence = "permanentResidence";

    /// <summary>Health-insurance card of the child under six.</summary>
    public const string HealthCard = "healthCard";
}
