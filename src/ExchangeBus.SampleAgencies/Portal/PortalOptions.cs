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
}
