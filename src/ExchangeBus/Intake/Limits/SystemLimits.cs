using System.Collections.Concurrent;
using ExchangeBus.Agencies;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Intake.Limits;

/// <summary>Keeps the flood of one system from the others.</summary>
internal sealed class SystemLimits(IOptions<LimitOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SystemLimit> _limits = new(StringComparer.Ordinal);

    /// <summary>The counters of a system; they live as long as the host, and there are as many as systems are registered.</summary>
    internal SystemLimit Of(AgencySystem system) => _limits.GetOrAdd(
        system.BrokerUser, static (name, context) => new SystemLimit(
            context.Options.Systems.TryGetValue(name, out var own) ? own : context.Options.Default, context.Time), (Options: options.Value, Time: time));
}
