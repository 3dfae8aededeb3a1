using System.Collections.Concurrent;
using System.Globalization;
using ExchangeBus.Client;
using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Delivery;

/// <summary>An adapter of the subscriber's agency, written with the client, that notes what its handler was given.</summary>
internal sealed class ClientRecorder : IEventHandler
{
    internal ConcurrentQueue<(long Sequence, string Subject, string? ReplayId)> Handled { get; } = new();

    internal static async Task<(IHost Host, ClientRecorder Seen)> StartAsync(Uri bus, Uri amqp)
    {
        var seen = new ClientRecorder();
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(NpgsqlDataSource.Create(await Servers.Current.Postgres.CreateDatabaseAsync($"agency_{Guid.CreateVersion7():N}")));
        builder.Services.AddSingleton(seen);
        builder.Services.AddExchangeBusClient(client =>
        {
            (client.Agency, client.System, client.BrokerPassword) = (Samples.Health.Code, Samples.Health.System, Samples.Health.BrokerPassword);
            client.PrivateKey = Samples.Health.PrivateKey.ToPrivateJwk();
            (client.BusAddress, client.BrokerAddress) = (bus, amqp);
        });
        builder.Services.AddExchangeBusSubscription<ClientRecorder>("births");
        var host = builder.Build();
        await ClientSchema.CreateAsync(host.Services.GetRequiredService<NpgsqlDataSource>());
        await host.StartAsync();
        return (host, seen);
    }

    public Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        Handled.Enqueue((long.Parse(context.Event[ExtensionAttributes.Sequence]!, CultureInfo.InvariantCulture), context.Event.Subject!, context.ReplayId));
        return Task.CompletedTask;
    }
}
