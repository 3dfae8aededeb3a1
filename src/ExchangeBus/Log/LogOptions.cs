using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Log;

/// <summary>How long the log keeps what it has. Configuration section <c>Log</c>.</summary>
public sealed class LogOptions
{
    /// <summary>
    /// Days that an event stays in the log, and for which its source and id are remembered. Default 365, 7 to 36,500. A day that a subscription
    /// has not acknowledged whole is kept longer.
    /// </summary>
    [Range(7, 36_500)]
    public int RetentionDays { get; set; } = 365;
}
