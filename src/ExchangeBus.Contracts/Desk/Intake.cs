using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.Desk;

/// <summary>Command to the one-stop desk of the commune: receive the dossier and check whether its papers are complete.</summary>
public sealed record RequestIntake
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Commune whose desk is asked, 5 digits.</summary>
    public required string Commune { get; init; }

    /// <summary><c>birth</c> or <c>death</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Code of the administrative procedure.</summary>
    public required string ProcedureCode { get; init; }

    /// <summary>When the citizen submitted; after 15:00 the clock starts on the next working day.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Who applies.</summary>
    public required Adult Applicant { get; init; }

    /// <summary>Where results are told.</summary>
    public Contact? Contact { get; init; }

    /// <summary>Papers handed in, at most 20.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The desk has received the dossier: the legal clock starts.</summary>
public sealed record IntakeAccepted
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>When the desk received it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Number of the dossier in the one-stop system of the province.</summary>
    public string? ProvinceNumber { get; init; }

    /// <summary>When results are promised.</summary>
    public DateTimeOffset? AppointmentAt { get; init; }
}

/// <summary>The desk refused the dossier: it ends before anything is registered, and the citizen gets the reason.</summary>
/// <inheritdoc cref="IRefusal"/>
public sealed record IntakeRefused(string DossierNumber, string ReasonCode, string Reason) : IRefusal;

/// <summary>Where results are told; at least one way is present.</summary>
public sealed record Contact
{
    /// <summary><c>+</c> and 8 to 15 digits, or <c>0</c> and 9 to 10 digits.</summary>
    public string? Phone { get; init; }

    /// <summary>An e-mail address, at most 255 characters.</summary>
    public string? Email { get; init; }
}
