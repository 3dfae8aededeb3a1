namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>Why an agency refused; the reason is for the citizen to read (Law on Civil Status 60/2014, article 5.2).</summary>
public interface IRefusal
{
    /// <summary>Number of the dossier.</summary>
    string DossierNumber { get; }

    /// <summary>Stable code of the reason in the refusing agency's list.</summary>
    string ReasonCode { get; }

    /// <summary>The reason in Vietnamese.</summary>
    string Reason { get; }
}

/// <summary>The birth was not registered: the whole dossier ends.</summary>
/// <inheritdoc cref="IRefusal"/>
public sealed record BirthRegistrationRefused(string DossierNumber, string ReasonCode, string Reason) : IRefusal;

/// <summary>Permanent residence was refused: this branch ends, the birth stays registered.</summary>
/// <inheritdoc cref="IRefusal"/>
public sealed record PermanentResidenceRefused(string DossierNumber, string ReasonCode, string Reason) : IRefusal;

/// <summary>The health-insurance card was refused: this branch ends, the birth stays registered.</summary>
/// <inheritdoc cref="IRefusal"/>
public sealed record ChildHealthCardRefused(string DossierNumber, string ReasonCode, string Reason) : IRefusal;
