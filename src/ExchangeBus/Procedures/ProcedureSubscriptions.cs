using Dapper;
using ExchangeBus.Subscriptions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExchangeBus.Procedures;

/// <summary>The procedures subscribe like any agency: each to what it waits for.</summary>
internal sealed class ProcedureSubscriptions(NpgsqlDataSource dataSource, ConfiguredSubscriptions store) : IHostedService
{
    private const string InsertBus = "insert into agency (code, name) values (@Code, 'ExchangeBus') on conflict do nothing";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var connection = await dataSource.OpenConnectionAsync(cancellationToken))
            await connection.ExecuteAsync(new CommandDefinition(InsertBus, new { Code = Subscription.BusAgency }, cancellationToken: cancellationToken));
        foreach (var procedure in RegisteredProcedure.All)
        {
            await store.SaveAsync(
                new Subscription(procedure.Subscription, Subscription.BusAgency, Way.Queue, 1, IsOrdered: true), procedure.WaitsFor, ["all"], filter: null, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
