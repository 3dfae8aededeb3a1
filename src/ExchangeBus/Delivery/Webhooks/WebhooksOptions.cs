using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ExchangeBus.Delivery.Webhooks;

/// <summary>How webhooks are sent. Configuration section <c>Delivery:Webhooks</c>.</summary>
internal sealed class WebhooksOptions
{
    internal const string Section = "Delivery:Webhooks";

    /// <summary>
    /// DNS name of this bus, by which receivers allow it (CloudEvents HTTP webhook 1.0, section 4.1.2). Default <c>exchangebus</c>; set it where
    /// agencies have webhooks, since a receiver may allow only the name that it knows.
    /// </summary>
    [Required, RegularExpression("^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$")]
    public string Origin { get; set; } = "exchangebus";

    /// <summary>Whether loopback addresses may be called, also without TLS. Default false; meant for development only.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>
    /// Networks in CIDR form that may be called although their addresses are private, such as a state's own data network (<c>10.64.0.0/12</c>).
    /// Empty by default. Never opens loopback, link-local (with it the metadata of a cloud) or multicast.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Failures in a row after which an endpoint is left alone for a while. Default 5, 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int FailuresToOpen { get; set; } = 5;

    /// <summary>How long it is left alone at first; doubles with each probe that fails. Default 10 s, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan FirstBreak { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest break that failures alone make. Default 5 min, 1 s to 1 day; <c>Retry-After</c> may ask for more.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestBreak { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Time for a connection with TLS. Default 10 s, 1 s to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ConnectTimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections to one host at once, over all its endpoints. Default 128, 1 to 4,096.</summary>
    [Range(1, 4096)]
    public int ConnectionsPerHost { get; set; } = 128;

    /// <summary>After how long a connection is made anew, its name resolved and checked again. Default 5 min, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a node keeps a partition without renewing. Default 5 s, 2 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Deliveries of one partition that wait because they have failed, or one of their key before them; when there are more, what follows stays in the log.
    /// Default 10,000, 10 to 1,000,000.
    /// </summary>
    [Range(10, 1_000_000)]
    public int MostWaiting { get; set; } = 10_000;

    internal static bool HasSoundNetworks(WebhooksOptions options) => options.AllowedNetworks.All(n => IPNetwork.TryParse(n, out _));
}
