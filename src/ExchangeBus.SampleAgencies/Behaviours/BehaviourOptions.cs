using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.SampleAgencies.Behaviours;

/// <summary>How an agency misbehaves, or says no. Configuration section <c>Agencies:&lt;name&gt;:Behaviour</c>. By default it is quick, right and says yes.</summary>
internal sealed class BehaviourOptions
{
    /// <summary>Refuses each dossier whose running number is a multiple of this. 0, the default: none.</summary>
    [Range(0, int.MaxValue)]
    public int RefuseEvery { get; set; }

    /// <summary>Numbers of dossiers that it refuses beside those. Empty by default.</summary>
    public IList<string> RefuseDossiers { get; } = [];

    /// <summary>How long it takes over each command. Default 0, at most 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Slow { get; set; }

    /// <summary>Receives nothing, so never answers. Default false.</summary>
    public bool Down { get; set; }

    /// <summary>Answers for another dossier than the one it was asked about. Default false.</summary>
    public bool Wrong { get; set; }

    /// <summary>Gives each answer twice, as two events. Default false.</summary>
    public bool Twice { get; set; }
}
