using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Dispatch;

/// <summary>How events leave the log. Configuration section <c>Dispatch</c>.</summary>
public sealed class DispatchOptions
{
    /// <summary>Deliveries of one partition that the broker has not confirmed yet. Default 512, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int UnconfirmedWindow { get; set; } = 512;

    /// <summary>
    /// Deliveries of one partition that the subscriber has not acknowledged yet; more wait in the log, so that a queue
    /// stays short however long a subscriber is away. Default 20,000, 100 to 1,000,000.
    /// </summary>
    [Range(100, 1_000_000)]
    public int UnacknowledgedWindow { get; set; } = 20_000;

    /// <summary>How long a node keeps a partition without renewing. Default 5 s, 2 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A queue that is empty while acknowledgements are missing and none comes for this long is taken as lost and filled again.
    /// Default 5 s, 1 s to 1 h; doubled while it does not help, up to five minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RefillAfter { get; set; } = TimeSpan.FromSeconds(5);
}
