using System.ComponentModel.DataAnnotations;
using ExchangeBus.Signatures;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>How callers prove over HTTP who they are. Configuration section <c>Authentication</c>.</summary>
public sealed class CallerOptions
{
    /// <summary>Longest life of a signed token: 5 minutes.</summary>
    public static readonly TimeSpan MaxAssertionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The name of this bus, which signed tokens carry as <c>aud</c>. Default <c>urn:exchangebus:bus</c>. Give each installation its own,
    /// so that a token for the one is no use at the other.
    /// </summary>
    [Required, StringLength(256, MinimumLength = 1)]
    public string Audience { get; set; } = ClientAssertion.DefaultAudience;

    /// <summary>By how much a caller's clock may differ from ours. Default 30 s, 0 to 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:02:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Life of an access token. Default 5 minutes, 30 s to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "00:05:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Signed tokens that one client address may show in a second in the long run, at <c>POST /token</c> and elsewhere. Default 20, 1 to 10,000;
    /// each host counts for itself. Systems behind one proxy share its address.
    /// </summary>
    [Range(1, 10_000)]
    public int SignedTokensPerSecond { get; set; } = 20;

    /// <summary>Signed tokens that may come from one client address at once after a pause. Default 200, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int SignedTokenBurst { get; set; } = 200;
}
