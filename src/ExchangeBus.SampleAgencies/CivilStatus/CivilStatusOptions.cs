using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.SampleAgencies.CivilStatus;

/// <summary>How the civil-status registry works. Configuration section <c>Agencies:civilstatus</c>.</summary>
internal sealed class CivilStatusOptions
{
    /// <summary>
    /// Registers each dossier whose running number is a multiple of this without a personal id, which then comes later from the population database.
    /// 0, the default: none.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int PersonalIdLateEvery { get; set; }
}
