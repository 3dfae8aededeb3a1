using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Refuses to start a host that has a saga on an endpoint without the outbox. Runs before the bus starts, whatever the order of registration.</summary>
internal sealed class OutboxCoverageCheck(IServiceProvider provider, OutboxCoverage coverage, PostgreSqlStorageOptions options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Check();
        return Task.CompletedTask;
    }

    // Hosts that do not know the earlier stage still come here.
    public Task StartAsync(CancellationToken cancellationToken) => StartingAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Check()
    {
        if (options.AllowSagaWithoutOutbox)
            return;
        // The endpoints are configured while the bus is built.
        provider.GetService<IBusControl>();
        var uncovered = coverage.FindUncovered();
        if (uncovered.Count > 0)
            throw new ConfigurationException(
                $"No outbox on an endpoint of {string.Join(", ", uncovered.Select(x => x.Name))}: call UsePostgreSqlOutbox on it before the saga is configured.");
    }
}
