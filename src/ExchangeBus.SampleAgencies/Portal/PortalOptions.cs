using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.SampleAgencies.Portal;

/// <summary>What citizens hand in at the portal. Configuration section <c>Agencies:portal</c>.</summary>
internal sealed class PortalOptions
{
    /// <summary>Dossiers per second, steadily. Default 0: none; at most 1,000.</summary>
    [Range(0, 1000)]
    public double Rate { get; set; }

    /// <summary>Dossiers handed in at once on start. Default 0; at most 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int Dossiers { get; set; }

    /// <summary>Decides which people are invented. Default 2026.</summary>
    public int Seed { get; set; } = 2026;

    /// <summary>How long citizens take to supply what an agency misses; nobody does after their time. Default 2 seconds, at most 365 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan SuppliesAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The citizen supplies nothing in each dossier whose running number is a multiple of this. 0, the default: everybody does.</summary>
    [Range(0, int.MaxValue)]
    public int SuppliesNothingEvery { get; set; }
}
