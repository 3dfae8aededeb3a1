using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Agencies;

/// <summary>The agencies that this bus serves. Configuration section <c>Bus</c>.</summary>
public sealed class AgenciesOptions
{
    /// <summary>Every agency with its systems and subscriptions. Empty by default: nobody may speak.</summary>
    public IList<AgencyOptions> Agencies { get; } = [];
}

/// <summary>One agency.</summary>
public sealed class AgencyOptions
{
    /// <summary>Code by Decision 20/2020/QĐ-TTg, at most 35 characters, for example <c>G15</c>. Required.</summary>
    [Required, RegularExpression("^[A-Za-z0-9][A-Za-z0-9.-]{0,34}$")]
    public string Code { get; set; } = "";

    /// <summary>Name for people. Required.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>
    /// Event types whose release it decides on, exact or with a trailing <c>*</c>: the population database, the civil-status register. The longest pattern
    /// of all agencies counts. Empty by default.
    /// </summary>
    public IList<string> Owns { get; } = [];

    /// <summary>Its officers who may see or act on dossiers. Empty by default.</summary>
    public IList<OfficerOptions> Officers { get; } = [];

    /// <summary>Its systems. Empty by default.</summary>
    public IList<SystemOptions> Systems { get; } = [];

    /// <summary>Its subscriptions. Empty by default.</summary>
    public IList<SubscriptionOptions> Subscriptions { get; } = [];
}

/// <summary>One system of an agency.</summary>
public sealed class SystemOptions
{
    /// <summary>Short name, a-z, 0-9 and hyphen, for example <c>civilstatus</c>. Required.</summary>
    [Required, RegularExpression("^[a-z][a-z0-9-]{0,30}$")]
    public string System { get; set; } = "";

    /// <summary>
    /// Password of its broker user <c>&lt;agency&gt;.&lt;system&gt;</c> over AMQP, at least 24 characters; give it by environment.
    /// Empty by default: it speaks over HTTP only. It is no use over HTTP.
    /// </summary>
    [MinLength(24)]
    public string? BrokerPassword { get; set; }

    /// <summary>Public keys with which it proves itself over HTTP and signs events; several at once while it changes them. Empty by default.</summary>
    public IList<KeyOptions> Keys { get; } = [];

    /// <summary>Client certificates with which it proves itself over mutual TLS. Empty by default.</summary>
    public IList<CertificateOptions> Certificates { get; } = [];

    /// <summary>Event types that it must sign, exact or with a trailing <c>*</c>. Empty by default: a signature is checked when it is there.</summary>
    public IList<string> RequireSignature { get; } = [];

    /// <summary>True when people behind it judge held events and suspected duplicates of all agencies. Default false.</summary>
    public bool Reviews { get; set; }

    /// <summary>True when officers of its agency act on dossiers through it; it vouches for who they are. Default false.</summary>
    public bool Desk { get; set; }

    /// <summary>Event types it may publish, exact or with a trailing <c>*</c>. Empty by default: none.</summary>
    public IList<string> Publishes { get; } = [];
}

/// <summary>One subscription of an agency; its queue is <c>sub.&lt;agency&gt;.&lt;name&gt;</c>.</summary>
public sealed class SubscriptionOptions
{
    /// <summary>Short name, a-z, 0-9 and hyphen. Required.</summary>
    [Required, RegularExpression("^[a-z][a-z0-9-]{0,60}$")]
    public string Name { get; set; } = "";

    /// <summary>Event types it receives, exact or with a trailing <c>*</c>. Empty by default: none.</summary>
    public IList<string> Types { get; } = [];

    /// <summary>
    /// What it receives of a body: JSON pointers (<c>/child/fullName</c>, <c>*</c> for any item), the classes <c>public</c>, <c>personal</c> and <c>sensitive</c>,
    /// or <c>all</c>. Empty by default: what is <c>public</c>.
    /// </summary>
    public IList<string> Fields { get; } = [];

    /// <summary>Filter over the attributes in CloudEvents SQL 1.0, for example <c>purpose = '2.002621'</c>. None by default.</summary>
    [MaxLength(4096)]
    public string? Filter { get; set; }

    /// <summary>Queues by order key, 1 to 32. Default 1. Set once: it cannot be changed later.</summary>
    [Range(1, 32)]
    public int Partitions { get; set; } = 1;
}
