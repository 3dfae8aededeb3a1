using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_a_completed_saga_is_kept
{
    [Test]
    public async Task Should_stay_in_its_final_state()
    {
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository(r => r.KeepCompleted = true);
            x.UsePostgreSqlOutboxOnEndpoints();
        });
        var id = NewId.NextGuid();
        await host.Bus.Publish(new CountOne { CounterId = id });
        await host.EventuallyAsync("select count(*) from {schema}.saga_counter", 1L);
        await host.Bus.Publish(new StopCounting { CounterId = id });
        await host.EventuallyAsync("select current_state from {schema}.saga_counter", "Final");
    }
}
