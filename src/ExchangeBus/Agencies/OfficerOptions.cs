using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Agencies;

/// <summary>One officer of an agency.</summary>
public sealed class OfficerOptions
{
    /// <summary>Code within the agency, 1 to 64 of letters, digits, dot, hyphen and underscore; never a name. Required.</summary>
    [Required, RegularExpression("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    public string Code { get; set; } = "";

    /// <summary>What the officer may do. Required.</summary>
    [MinLength(1)]
    public IList<OfficerRole> Roles { get; } = [];
}

/// <summary>What an officer may do; whoever has any role may look.</summary>
public enum OfficerRole
{
    /// <summary>Looks.</summary>
    Viewer,

    /// <summary>Acts on the dossiers that the agency takes part in.</summary>
    Operator,

    /// <summary>Decides on what another officer has asked for and what changes a legal result.</summary>
    Approver,

    /// <summary>Answers for data that the agency owns: agreements and their cuts.</summary>
    Owner,

    /// <summary>Acts on the dossiers of all agencies.</summary>
    Administrator,
}
