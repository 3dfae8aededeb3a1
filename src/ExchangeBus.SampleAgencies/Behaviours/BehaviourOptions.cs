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

    /// <summary>Is down for this long after its start, then works off what has come meanwhile. Default 0, at most 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DownFor { get; set; }

    /// <summary>Answers for another dossier than the one it was asked about. Default false.</summary>
    public bool Wrong { get; set; }

    /// <summary>Answers for a dossier that nobody has submitted. Default false.</summary>
    public bool Unknown { get; set; }

    /// <summary>Gives each answer twice, as two events. Default false.</summary>
    public bool Twice { get; set; }

    /// <summary>After a yes it says no to the same command. Default false.</summary>
    public bool Contradicts { get; set; }

    /// <summary>Its first answer to a command waits this long, so that what it says next overtakes it. Default 0, at most 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FirstWaits { get; set; }

    /// <summary>Answers this long after the deadline that the command names. Null, the default: at once. At most 365 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan? LateBy { get; set; }

    /// <summary>Tells nothing by itself: its adapter asks its registry for results, at most three dossiers at a time. Default false.</summary>
    public bool PollOnly { get; set; }

    /// <summary>How often the adapter of a registry that does not tell asks it. Default 1 second, 10 ms to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);
}
