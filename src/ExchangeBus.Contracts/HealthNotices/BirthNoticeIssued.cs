using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.HealthNotices;

/// <summary>A health facility has issued a birth notice, within four working hours of the birth (Decree 63/2024, article 25.1). Twins have two.</summary>
public sealed record BirthNoticeIssued
{
    /// <summary>Number of the notice, <c>NNNNN.GCS.FFFFF.YY</c>.</summary>
    public required string BirthNoticeNumber { get; init; }

    /// <summary>Day of issue.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>True when the notice was issued again; it keeps its number.</summary>
    public bool? Reissued { get; init; }

    /// <summary>The health facility, 5 digits.</summary>
    public required string Facility { get; init; }

    /// <summary>Its name.</summary>
    public string? FacilityName { get; init; }

    /// <summary>The newborn.</summary>
    public required Newborn Child { get; init; }

    /// <summary>The mother; unknown of a child that was left.</summary>
    public required Stated<NoticeMother> Mother { get; init; }

    /// <summary>True when another woman bore the child for its parents.</summary>
    public bool? Surrogacy { get; init; }

    /// <summary>Temporary card of the newborn, <c>TE1</c> and 12 digits (Circular 30/2020/TT-BYT, article 10).</summary>
    public string? TemporaryHealthCardNumber { get; init; }

    /// <summary>The signed paper.</summary>
    public Attachment? Certificate { get; init; }
}

/// <summary>The child of a birth notice.</summary>
public sealed record Newborn
{
    /// <summary>The name that is intended.</summary>
    public Stated<PersonName>? Name { get; init; }

    /// <summary><c>male</c>, <c>female</c> or <c>unknown</c>.</summary>
    public required string Gender { get; init; }

    /// <summary>Day of birth.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>Vietnamese time, <c>HH:mm</c>.</summary>
    public Stated<string>? BirthTime { get; init; }

    /// <summary>Place of birth.</summary>
    public Stated<Place>? BirthPlace { get; init; }

    /// <summary><c>facility</c>, <c>home</c>, <c>onTheWay</c> or <c>other</c>.</summary>
    public required string BornAt { get; init; }

    /// <summary>Weight in grams, 200 to 9,000.</summary>
    public int? WeightGrams { get; init; }

    /// <summary>The first born is 1. From 1 to 9.</summary>
    public required int BirthOrder { get; init; }

    /// <summary>Children born at this birth, 1 to 9.</summary>
    public required int ChildrenBorn { get; init; }

    /// <summary><c>alive</c> or <c>diedAfterBirth</c>; a death notice follows then.</summary>
    public required string Condition { get; init; }
}

/// <summary>The mother as the facility knows her.</summary>
public sealed record NoticeMother
{
    /// <summary>Personal identification number, 12 digits.</summary>
    public Stated<string>? PersonalId { get; init; }

    /// <summary>Old identity card (CMND), 9 digits.</summary>
    public string? OldIdCard { get; init; }

    /// <summary>Passport or another paper of somebody without personal number.</summary>
    public IdentityDocument? IdentityDocument { get; init; }

    /// <summary>The name.</summary>
    public required Stated<PersonName> Name { get; init; }

    /// <summary>Partial date: <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</summary>
    public Stated<string>? BirthDate { get; init; }

    /// <summary>Ethnic group, 2 digits of the national list.</summary>
    public Stated<string>? Ethnicity { get; init; }

    /// <summary>ISO 3166-1 alpha-2; none is stateless.</summary>
    public Stated<string>? Nationality { get; init; }

    /// <summary>Place of residence.</summary>
    public Stated<Place>? Residence { get; init; }

    /// <summary>Social-insurance number, 10 digits; none when she has none.</summary>
    public Stated<string>? SocialInsuranceNumber { get; init; }
}
