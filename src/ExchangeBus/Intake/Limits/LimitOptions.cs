using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Intake.Limits;

/// <summary>How much one system may send. Configuration section <c>Intake:Limits</c>; each host counts for itself.</summary>
public sealed class LimitOptions
{
    /// <summary>What a system may send that is not named in <see cref="Systems"/>.</summary>
    public SystemLimitOptions Default { get; } = new();

    internal static bool AreSound(LimitOptions options) => options.Systems.Values.Append(options.Default).All(
        limit => Validator.TryValidateObject(limit, new ValidationContext(limit), null, validateAllProperties: true));

    /// <summary>Exceptions, by <c>agency.system</c>, for example <c>G15.civilstatus</c>. Empty by default.</summary>
    public IDictionary<string, SystemLimitOptions> Systems { get; } = new Dictionary<string, SystemLimitOptions>(StringComparer.Ordinal);
}

/// <summary>The limits of one system.</summary>
public sealed class SystemLimitOptions
{
    /// <summary>Events per second in the long run. Default 1,000, 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int EventsPerSecond { get; set; } = 1_000;

    /// <summary>Events that may come at once after a pause. Default 5,000, 1 to 10,000,000.</summary>
    [Range(1, 10_000_000)]
    public int Burst { get; set; } = 5_000;

    /// <summary>HTTP requests that are worked on at once. Default 128, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int ConcurrentRequests { get; set; } = 128;
}
