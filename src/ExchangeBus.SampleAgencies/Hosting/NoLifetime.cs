using Microsoft.Extensions.Hosting;

namespace ExchangeBus.SampleAgencies.Hosting;

/// <summary>Several hosts live in one process; the process, not each of them, listens to Ctrl-C.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
