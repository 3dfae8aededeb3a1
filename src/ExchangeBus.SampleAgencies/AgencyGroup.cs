using ExchangeBus.SampleAgencies.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.SampleAgencies;

/// <summary>Several agencies in one process, sharing nothing but the process.</summary>
public sealed class AgencyGroup : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, IHost> _hosts;

    private AgencyGroup(IReadOnlyDictionary<string, IHost> hosts) => _hosts = hosts;

    /// <summary>The host of an agency that runs.</summary>
    /// <exception cref="KeyNotFoundException">It does not run here.</exception>
    public IHost this[string name] => _hosts[name];

    /// <summary>Starts agencies side by side and returns when all are ready.</summary>
    /// <param name="configuration"><c>Agencies:Run</c> names them, separated by commas; default <see cref="SampleAgency.Names"/>. See <see cref="SampleAgency.Build"/>.</param>
    /// <param name="configureLogging">Where their logs go. Default: nowhere.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="AgencyUnavailableException">A server is away or the configuration is not valid; none runs then.</exception>
    public static async Task<AgencyGroup> StartAsync(
        IConfiguration configuration, Action<ILoggingBuilder>? configureLogging = null, CancellationToken cancellationToken = default)
    {
        var names = configuration["Agencies:Run"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [.. SampleAgency.Names];
        var group = new AgencyGroup(names.Distinct().ToDictionary(n => n, n => SampleAgency.Build(n, configuration, configureLogging)));
        try
        {
            await Task.WhenAll(group._hosts.Values.Select(h => h.StartAsync(cancellationToken)));
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops all of them, within some seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_hosts.Values.Select(h => h.StopAsync(CancellationToken.None)));
        foreach (var host in _hosts.Values)
            host.Dispose();
    }
}
