using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_an_endpoint_of_a_saga_has_no_outbox
{
    [Test]
    public void Should_refuse_to_start() => Assert.That(
        async () => await StorageHost.StartAsync(x => x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository()),
        Throws.InstanceOf<ConfigurationException>().With.Message.Contains("Counter"));

    [Test]
    public async Task Should_work_when_that_is_allowed_by_name()
    {
        await using var host = await StorageHost.StartAsync(
            x => x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository(), x => x.AllowSagaWithoutOutbox = true);
        await host.Bus.Publish(new CountOne { CounterId = NewId.NextGuid() });
        await host.EventuallyAsync("select count(*) from {schema}.saga_counter", 1L);
    }
}
