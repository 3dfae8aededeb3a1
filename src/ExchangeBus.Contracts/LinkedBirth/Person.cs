namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>A name in its three parts (QCVN 109:2017, HoVaTen); any part but the given name may be empty.</summary>
/// <param name="Family">Ho, at most 100 characters.</param>
/// <param name="Middle">ChuDem, at most 100 characters.</param>
/// <param name="Given">Ten, 1 to 100 characters.</param>
public sealed record PersonName(string? Family, string? Middle, string Given);

/// <summary>An address; the unit code is read with the date of the event (Decision 19/2025/QĐ-TTg from 1 July 2025).</summary>
/// <param name="Unit">Administrative unit: 2 digits (province), 3 (district, before July 2025) or 5 (commune).</param>
/// <param name="Detail">Hamlet, street, number. Absent by default.</param>
/// <param name="Country">ISO 3166-1 alpha-2. Absent when the sender has not said it.</param>
public sealed record Address(string Unit, string? Detail = null, string? Country = null);

/// <summary>A place that may be known in part only, or lie abroad, where no unit code exists. At least one field is present.</summary>
public sealed record Place
{
    /// <summary>Administrative unit, as in <see cref="Address"/>.</summary>
    public string? Unit { get; init; }

    /// <summary>Hamlet, street, number; abroad the whole address.</summary>
    public string? Detail { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The place as an address, or null when its unit is not known.</summary>
    public Address? ToAddress() => Unit is null ? null : new Address(Unit, Detail, Country);
}

/// <summary>A parent, applicant or head of household.</summary>
public sealed record Adult
{
    /// <summary>Personal identification number, 12 digits; either this or <see cref="OldIdCard"/> is present where known.</summary>
    public Stated<string>? PersonalId { get; init; }

    /// <summary>Old identity card (CMND), 9 digits.</summary>
    public string? OldIdCard { get; init; }

    /// <summary>Passport or another paper of somebody without personal number.</summary>
    public IdentityDocument? IdentityDocument { get; init; }

    /// <summary>The name.</summary>
    public required PersonName Name { get; init; }

    /// <summary>Partial date: <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>; nothing is ever filled in.</summary>
    public Stated<string>? BirthDate { get; init; }

    /// <summary>Ethnic group, 2 digits of the national list.</summary>
    public Stated<string>? Ethnicity { get; init; }

    /// <summary>ISO 3166-1 alpha-2; none is stateless. Absent when the sender has not said it.</summary>
    public Stated<string>? Nationality { get; init; }

    /// <summary>Place of residence.</summary>
    public Stated<Place>? Residence { get; init; }
}

/// <summary>The child of a birth registration (Law on Civil Status 60/2014, article 14).</summary>
public sealed record Child
{
    /// <summary>The name.</summary>
    public required PersonName Name { get; init; }

    /// <summary><c>male</c>, <c>female</c> or <c>unknown</c>.</summary>
    public required string Gender { get; init; }

    /// <summary>Day of birth.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>Place of birth.</summary>
    public required Stated<Place> BirthPlace { get; init; }

    /// <summary>Native place.</summary>
    public Stated<Place>? NativePlace { get; init; }

    /// <summary>Ethnic group, 2 digits of the national list.</summary>
    public required Stated<string> Ethnicity { get; init; }

    /// <summary>ISO 3166-1 alpha-2; none is stateless. Absent when the sender has not said it.</summary>
    public Stated<string>? Nationality { get; init; }

    /// <summary>Among twins: the first born is 1. From 1 to 9.</summary>
    public int? BirthOrder { get; init; }
}
