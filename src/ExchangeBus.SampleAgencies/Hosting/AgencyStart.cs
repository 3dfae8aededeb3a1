using System.Net.Sockets;
using ExchangeBus.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Hosting;

/// <summary>
/// First of an agency's hosted services: its servers answer and its tables stand before anything else runs.
/// The bus itself may come later: what is published meanwhile waits in the outbox.
/// </summary>
internal sealed class AgencyStart(AgencyDescription agency, IOptions<SampleAgencyOptions> options, NpgsqlDataSource dataSource, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan BrokerPatience = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new AgencyUnavailableException($"Agency {agency.Name} cannot reach its PostgreSQL database ({e.Message}); start the server or correct Agencies:{agency.Name}:ConnectionString.", e);
        }

        await ReachBrokerAsync(cancellationToken);
        await ClientSchema.CreateAsync(dataSource, cancellationToken);
        AgencySchema.Create(agency, options.Value.ConnectionString);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ReachBrokerAsync(CancellationToken cancellationToken)
    {
        var address = options.Value.BrokerAddress!;
        using var patience = new CancellationTokenSource(BrokerPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.IsDefaultPort || address.Port < 0 ? 5672 : address.Port, either.Token);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AgencyUnavailableException($"Agency {agency.Name} cannot reach RabbitMQ at {address.Host}:{address.Port}; start the server or correct Agencies:{agency.Name}:BrokerAddress.", e);
        }
    }
}
