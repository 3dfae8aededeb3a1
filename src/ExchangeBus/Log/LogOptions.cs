using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Log;

/// <summary>How long the log keeps what it has, and how much may wait beside it. Configuration section <c>Log</c>.</summary>
public sealed class LogOptions
{
    /// <summary>
    /// Days that an event stays in the log, and for which its source and id are remembered. Default 365, 7 to 36,500. A day that a subscription
    /// has not acknowledged whole is kept longer.
    /// </summary>
    [Range(7, 36_500)]
    public int RetentionDays { get; set; } = 365;

    /// <summary>
    /// Events of one system that may wait for a person at once; one more is refused with <c>limit.held</c> until some are decided. Default 10,000,
    /// 1 to 1,000,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int HeldEventsPerSource { get; set; } = 10_000;
}
