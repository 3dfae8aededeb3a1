using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.SampleAgencies.OneStop;

/// <summary>What the one-stop desk misses. Configuration section <c>Agencies:onestop</c>.</summary>
internal sealed class OneStopOptions
{
    /// <summary>Asks for a supplement of each dossier whose running number is a multiple of this. 0, the default: none.</summary>
    [Range(0, int.MaxValue)]
    public int SupplementEvery { get; set; }

    /// <summary>Days that the citizen has for the supplement. Default 9, which holds seven working days; 1 to 90.</summary>
    [Range(1, 90)]
    public int SupplementDays { get; set; } = 9;
}
