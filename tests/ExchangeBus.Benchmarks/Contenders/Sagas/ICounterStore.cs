using ExchangeBus.Benchmarks.Measuring;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Benchmarks.Contenders.Sagas;

/// <summary>Where the counters are kept; in everything else the contenders are alike.</summary>
internal interface ICounterStore : IAsyncDisposable
{
    string Name { get; }

    Side Side { get; }

    Task CreateAsync(CancellationToken cancellationToken);

    void Register(IServiceCollection services, IBusRegistrationConfigurator bus, ISagaRegistrationConfigurator<Counter> saga);

    /// <summary>Before the host starts.</summary>
    Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken);

    /// <summary>A round begins.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>The round is over: proves that each message has had its effect once, and tells what that took.</summary>
    /// <exception cref="WrongOutcomeException">An effect is missing or doubled.</exception>
    Task<IReadOnlyList<Figure>> EndAsync(long messages, CancellationToken cancellationToken);
}
