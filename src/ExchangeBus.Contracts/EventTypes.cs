namespace ExchangeBus.Contracts;

/// <summary>CloudEvents <c>type</c> of each event and command; the schema of each stands in <c>schemas/</c>.</summary>
public static class EventTypes
{
    /// <summary>A citizen has submitted the linked birth dossier at the portal.</summary>
    public const string LinkedBirthSubmitted = "vn.portal.linkedbirthsubmitted.v1";

    /// <summary>Command: register the birth.</summary>
    public const string RegisterBirth = "vn.civilstatus.registerbirth.v1";

    /// <summary>The birth stands in the civil-status book: the legal pivot.</summary>
    public const string BirthRegistered = "vn.civilstatus.birthregistered.v1";

    /// <summary>Registration was refused, with the reason.</summary>
    public const string BirthRegistrationRefused = "vn.civilstatus.birthregistrationrefused.v1";

    /// <summary>Command: register the child's permanent residence.</summary>
    public const string RegisterPermanentResidence = "vn.residence.registerpermanentresidence.v1";

    /// <summary>The child's permanent residence is registered.</summary>
    public const string PermanentResidenceRegistered = "vn.residence.permanentresidenceregistered.v1";

    /// <summary>Permanent residence was refused, with the reason.</summary>
    public const string PermanentResidenceRefused = "vn.residence.permanentresidencerefused.v1";

    /// <summary>Command: issue the child's health-insurance card.</summary>
    public const string IssueChildHealthCard = "vn.socialinsurance.issuechildhealthcard.v1";

    /// <summary>The child's health-insurance card is issued.</summary>
    public const string ChildHealthCardIssued = "vn.socialinsurance.childhealthcardissued.v1";

    /// <summary>The card was refused, with the reason.</summary>
    public const string ChildHealthCardRefused = "vn.socialinsurance.childhealthcardrefused.v1";

    /// <summary>A dossier has moved: the portal shows it to the citizen.</summary>
    public const string DossierProgressed = "vn.procedures.dossierprogressed.v1";

    /// <summary>A record of the national population database has changed (QCVN 109:2017).</summary>
    public const string CitizenUpdated = "vn.population.citizenupdated.v1";
}
