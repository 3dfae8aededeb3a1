using System.ComponentModel.DataAnnotations;
using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Procedures;

/// <summary>Who acts in the linked procedures. Configuration section <c>Procedures</c>.</summary>
public sealed class ProceduresOptions
{
    /// <summary>Agency that keeps the civil-status books. Default <c>G15</c> (Ministry of Justice).</summary>
    [Required]
    public string CivilStatusAgency { get; set; } = "G15";

    /// <summary>Agency that keeps residence. Default <c>G01</c> (Ministry of Public Security).</summary>
    [Required]
    public string ResidenceAgency { get; set; } = "G01";

    /// <summary>Agency that issues health-insurance cards. Default <c>G24</c> (Vietnam Social Security).</summary>
    [Required]
    public string SocialInsuranceAgency { get; set; } = "G24";

    /// <summary>Agency that pays funeral allowances of social protection. Default <c>H26.16</c> (communes of Hà Nội).</summary>
    [Required]
    public string SocialProtectionAgency { get; set; } = "H26.16";

    /// <summary>Agency that runs the one-stop desks. Default <c>G22</c>.</summary>
    [Required]
    public string OneStopAgency { get; set; } = "G22";

    /// <summary>Agency that keeps the population database. Default <c>G01.C06</c>.</summary>
    [Required]
    public string PopulationAgency { get; set; } = "G01.C06";

    /// <summary>Agency that issues identity cards. Default <c>G01.C06</c>, which keeps the population database too.</summary>
    [Required]
    public string IdentityAgency { get; set; } = "G01.C06";

    /// <summary>
    /// Steps before the registration that are done outside the bus, because their agency is not connected to it yet: of <c>intake</c>, <c>householdConsent</c> and
    /// <c>verification</c>. A dossier goes past them. Default: none.
    /// </summary>
    public IList<string> OutsideSteps { get; } = [];

    internal static bool MayBeOutside(string step) => step is StepNames.Intake or StepNames.HouseholdConsent or StepNames.Verification;

    /// <summary>Folder of the dated legal numbers. Default: <c>schemas/legal</c> beside the program.</summary>
    [Required]
    public string LegalFolder { get; set; } = Path.Combine(AppContext.BaseDirectory, "schemas", "legal");

    /// <summary>Dossier messages that are worked on at once. Default 64, 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 64;
}
