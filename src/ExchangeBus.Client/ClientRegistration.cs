using ExchangeBus.Client.Authentication;
using ExchangeBus.Client.Publishing;
using ExchangeBus.Client.Subscribing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Client;

/// <summary>What an agency's adapter adds to its host.</summary>
public static class ClientRegistration
{
    private const string HttpKey = "exchangebus";

    /// <summary>
    /// Adds publishing through the outbox. An <see cref="Npgsql.NpgsqlDataSource"/> of the agency's database must be registered;
    /// <see cref="ClientSchema.CreateAsync"/> creates the tables.
    /// </summary>
    public static IServiceCollection AddExchangeBusClient(this IServiceCollection services, Action<ClientOptions> configure)
    {
        services.AddOptions<ClientOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EventOutbox>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<ClientKey>();
        services.AddKeyedSingleton(HttpKey, (provider, _) => CreateHttpClient(provider.GetRequiredService<IOptions<ClientOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new EventPublisher(
            provider.GetRequiredKeyedService<HttpClient>(HttpKey), provider.GetRequiredService<IOptions<ClientOptions>>(), provider.GetRequiredService<ClientKey>()));
        services.AddHostedService<OutboxSender>();
        services.AddHostedService<HeldEventFollower>();
        return services;
    }

    /// <summary>Receives a subscription with a handler.</summary>
    /// <param name="services">The adapter's services.</param>
    /// <param name="subscription">Short name of the subscription, as registered at the bus.</param>
    /// <param name="partitions">Its partitions, as registered at the bus. Default 1, 1 to 32.</param>
    public static IServiceCollection AddExchangeBusSubscription<THandler>(this IServiceCollection services, string subscription, int partitions = 1)
        where THandler : class, IEventHandler
    {
        services.TryAddSingleton<THandler>();
        for (var partition = 0; partition < partitions; partition++)
        {
            var subscribed = new SubscribedQueue(subscription, partition, partitions);
            services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Subscriber>(
                provider, subscribed, provider.GetRequiredService<THandler>(), provider.GetRequiredKeyedService<HttpClient>(HttpKey)));
        }

        return services;
    }

    private static HttpClient CreateHttpClient(IOptions<ClientOptions> options, TimeProvider time) =>
        new(new BusAuthentication(options, time) { InnerHandler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) } }) { Timeout = TimeSpan.FromSeconds(30) };
}
