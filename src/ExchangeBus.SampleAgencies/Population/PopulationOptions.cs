using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.SampleAgencies.Population;

/// <summary>How the population database answers. Configuration section <c>Agencies:population</c>.</summary>
internal sealed class PopulationOptions
{
    /// <summary>How long after a registration without personal id it assigns one. Default 2 seconds, at most 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan AssignAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Finds another birth date in each dossier whose running number is a multiple of this. 0, the default: none.</summary>
    [Range(0, int.MaxValue)]
    public int MismatchEvery { get; set; }

    /// <summary>Is not permitted to answer in each dossier whose running number is a multiple of this. 0, the default: none.</summary>
    [Range(0, int.MaxValue)]
    public int WithholdEvery { get; set; }
}
