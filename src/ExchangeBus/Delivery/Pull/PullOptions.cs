using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Delivery.Pull;

/// <summary>How subscribers that ask are served. Configuration section <c>Delivery:Pull</c>.</summary>
internal sealed class PullOptions
{
    internal const string Section = "Delivery:Pull";

    /// <summary>
    /// How long a replay may stay unread before it is ended, since it keeps its days of the log from being dropped; counted from its start, from the last page that was asked for, or
    /// from the last resumption. Default 7 days, 1 hour to 90 days.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan ReplayUnreadFor { get; set; } = TimeSpan.FromDays(7);
}
