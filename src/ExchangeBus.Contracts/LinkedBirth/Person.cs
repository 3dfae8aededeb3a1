namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>A name in its three parts (QCVN 109:2017, HoVaTen); any part but the given name may be empty.</summary>
/// <param name="Family">Ho, at most 100 characters.</param>
/// <param name="Middle">ChuDem, at most 100 characters.</param>
/// <param name="Given">Ten, 1 to 100 characters.</param>
public sealed record PersonName(string? Family, string? Middle, string Given);

/// <summary>An address; the unit code is read with the date of the event (Decision 19/2025/QĐ-TTg from 1 July 2025).</summary>
/// <param name="Unit">Administrative unit: 2 digits (province), 3 (district, before July 2025) or 5 (commune).</param>
/// <param name="Detail">Hamlet, street, number. Absent by default.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record Address(string Unit, string? Detail = null, string Country = "VN");

/// <summary>A parent, applicant or head of household.</summary>
public sealed record Adult
{
    /// <summary>Personal identification number, 12 digits; either this or <see cref="OldIdCard"/> is present where known.</summary>
    public string? PersonalId { get; init; }

    /// <summary>Old identity card (CMND), 9 digits.</summary>
    public string? OldIdCard { get; init; }

    /// <summary>The name.</summary>
    public required PersonName Name { get; init; }

    /// <summary>Partial date: <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>; nothing is ever filled in.</summary>
    public string? BirthDate { get; init; }

    /// <summary>ISO 3166-1 alpha-2. Default <c>VN</c>.</summary>
    public string Nationality { get; init; } = "VN";

    /// <summary>Place of residence.</summary>
    public Address? Residence { get; init; }
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
    public required Address BirthPlace { get; init; }

    /// <summary>Ethnic group, 2 digits of the national list.</summary>
    public required string Ethnicity { get; init; }

    /// <summary>ISO 3166-1 alpha-2. Default <c>VN</c>.</summary>
    public string Nationality { get; init; } = "VN";
}
