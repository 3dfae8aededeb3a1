using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;

namespace ExchangeBus.Contracts.HealthNotices;

/// <summary>A health facility has issued a death notice, within four working hours of the death (Decree 63/2024, article 25.1).</summary>
public sealed record DeathNoticeIssued
{
    /// <summary>Number of the notice, <c>NNNNN.GBT.FFFFF.YY</c>.</summary>
    public required string DeathNoticeNumber { get; init; }

    /// <summary>Day of issue.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>True when the notice was issued again; it keeps its number.</summary>
    public bool? Reissued { get; init; }

    /// <summary>The health facility, 5 digits.</summary>
    public required string Facility { get; init; }

    /// <summary>Its name.</summary>
    public string? FacilityName { get; init; }

    /// <summary>Who has died.</summary>
    public required Deceased Deceased { get; init; }

    /// <summary>When, where and why.</summary>
    public required Death Death { get; init; }

    /// <summary>Birth notice of a newborn that died.</summary>
    public string? BirthNoticeNumber { get; init; }

    /// <summary>Number of the health card, 15 characters; social insurance locks it.</summary>
    public Stated<string>? HealthCardNumber { get; init; }

    /// <summary>Next of kin.</summary>
    public Adult? NextOfKin { get; init; }

    /// <summary>The signed paper.</summary>
    public Attachment? Certificate { get; init; }
}
