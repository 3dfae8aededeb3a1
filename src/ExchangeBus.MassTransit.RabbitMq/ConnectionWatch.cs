using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.MassTransit.RabbitMq;

/// <summary>
/// Brings back endpoints that have lost their connection without being told. RabbitMQ.Client up to 7.2.2 tells the channels of a closed connection one after another,
/// and one of them may never answer: its publishers fail, it is disposed, and with it the semaphore that its own shutdown waits for
/// (rabbitmq/rabbitmq-dotnet-client#1976). The channels after it then look open for ever, and an endpoint on one of them receives nothing
/// until its process is restarted. While a channel waits for its handlers, those after it are not told either.
/// </summary>
public static class ConnectionWatch
{
    /// <summary>
    /// Watches the connection of every endpoint that <c>ConfigureEndpoints</c> makes, on RabbitMQ; on another transport it does nothing. Not of endpoints that
    /// <c>ReceiveEndpoint</c> makes, which want <see cref="WatchConnection"/>, and not of the bus's own, which only sends and receives answers to requests.
    /// The clock is the container's <see cref="TimeProvider"/>, or that of the system.
    /// </summary>
    /// <param name="bus">A bus under configuration.</param>
    /// <exception cref="ArgumentNullException"><paramref name="bus"/> is null.</exception>
    public static void WatchConnections(this IBusRegistrationConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.AddConfigureEndpointsCallback((context, _, endpoint) =>
        {
            if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                rabbit.WatchConnection(context.GetService<TimeProvider>());
        });
    }

    /// <summary>
    /// Restarts the endpoint when its connection has been closed for about 5 s and its channel does not know. Looks once a second, at properties in memory.
    /// A restart is what MassTransit does when a connection is lost: messages in work are cancelled, waited for (at most 30 s), and come again.
    /// </summary>
    /// <param name="endpoint">An endpoint under configuration.</param>
    /// <param name="timeProvider">The clock; that of the system by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is null.</exception>
    public static void WatchConnection(this IRabbitMqReceiveEndpointConfigurator endpoint, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.ConfigureChannel(channel => channel.AddPipeSpecification(new ConnectionWatchSpecification(timeProvider ?? TimeProvider.System)));
    }
}
