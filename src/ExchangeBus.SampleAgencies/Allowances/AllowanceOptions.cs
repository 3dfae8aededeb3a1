using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.SampleAgencies.Allowances;

/// <summary>What a payer pays. Configuration section <c>Agencies:socialinsurance</c> or <c>Agencies:socialprotection</c>.</summary>
internal sealed class AllowanceOptions
{
    /// <summary>
    /// Funeral allowance in đồng. Default: social insurance ten times the reference level of 2,340,000, social protection twenty times 500,000.
    /// 1 to 1,000,000,000.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public long? FuneralAmount { get; set; }

    /// <summary>Monthly survivor benefit of each beneficiary in đồng. Default 1,170,000: half of the reference level. 1 to 1,000,000,000.</summary>
    [Range(1, 1_000_000_000)]
    public long SurvivorAmount { get; set; } = 1_170_000;

    /// <summary>The bank sends the money back in each dossier whose running number is a multiple of this. 0, the default: never.</summary>
    [Range(0, int.MaxValue)]
    public int PaymentFailsEvery { get; set; }
}
