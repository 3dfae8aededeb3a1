using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ExchangeBus.Delivery.Unroutable;

/// <summary>Degraded while messages lie in <c>exchangebus.unroutable</c>; never unhealthy, because the host itself works.</summary>
internal sealed class UnroutableCheck(UnroutableWatch watch) : IHealthCheck
{
    /// <summary>What monitoring may rely on.</summary>
    internal const string Code = "delivery.unroutable";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var seen = watch.Seen;
        return Task.FromResult(seen.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("Messages lie in exchangebus.unroutable: no queue took them.", data: new Dictionary<string, object>
            {
                ["count"] = seen.Count,
                ["since"] = seen.Since!.Value,
                ["last"] = seen.LastAt!.Value,
            }));
    }
}
