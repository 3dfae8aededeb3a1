using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.SampleAgencies.Residence;

/// <summary>How the residence registry works. Configuration section <c>Agencies:residence</c>.</summary>
internal sealed class ResidenceOptions
{
    /// <summary>The head of the household says no in each dossier whose running number is a multiple of this. 0, the default: none.</summary>
    [Range(0, int.MaxValue)]
    public int DenyEvery { get; set; }

    /// <summary>The head of the household never answers in each dossier whose running number is a multiple of this: the question expires. 0, the default: none.</summary>
    [Range(0, int.MaxValue)]
    public int SilentEvery { get; set; }

    /// <summary>Verifies on the spot in each dossier whose running number is a multiple of this. 0, the default: none.</summary>
    [Range(0, int.MaxValue)]
    public int VerifyEvery { get; set; }

    /// <summary>Days by which a verification puts the deadline off. Default 7, which holds five working days; 1 to 60.</summary>
    [Range(1, 60)]
    public int VerificationDays { get; set; } = 7;
}
