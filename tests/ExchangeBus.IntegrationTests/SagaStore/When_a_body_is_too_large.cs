using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

internal sealed class When_a_body_is_too_large
{
    [Test]
    public async Task Should_fail_the_message_that_makes_the_state_too_large_and_keep_the_state()
    {
        await using var host = await StartAsync(x => x.MaxStateBytes = 1024);
        var id = NewId.NextGuid();
        await host.Bus.Publish(new CountOne { CounterId = id });
        await host.EventuallyAsync("select count(*) from {schema}.saga_counter", 1L);
        // Two bytes a letter, so that counting letters would let it pass.
        await host.Bus.Publish(new StartCounting { CounterId = NewId.NextGuid(), Label = new string('đ', 600) });

        Assert.That(await host.Harness.Published.Any<Fault<StartCounting>>(x => x.Context.Message.Exceptions[0].Message.Contains("MaxStateBytes")), Is.True);
        Assert.That(await host.ScalarAsync<long>("select count(*) from {schema}.saga_counter"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_fail_the_message_that_sends_a_too_large_one_and_commit_nothing_of_it()
    {
        await using var host = await StartAsync(x => x.MaxMessageBytes = 1024, x =>
            x.AddHandler(async (ConsumeContext<StartCounting> context) => await context.Publish(new CountByLabel { Label = context.Message.Label })));
        await host.Bus.Publish(new StartCounting { CounterId = NewId.NextGuid(), Label = new string('x', 2000) });

        Assert.That(await host.Harness.Published.Any<Fault<StartCounting>>(x => x.Context.Message.Exceptions[0].Message.Contains("MaxMessageBytes")), Is.True);
        Assert.That(await host.ScalarAsync<long>("select count(*) from {schema}.outbox"), Is.Zero);
        Assert.That(await host.ScalarAsync<long>("select count(*) from {schema}.inbox"), Is.Zero);
    }

    private static Task<StorageHost> StartAsync(Action<PostgreSqlStorageOptions> storage, Action<IBusRegistrationConfigurator>? bus = null) =>
        StorageHost.StartAsync(x =>
        {
            if (bus is null)
                x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository();
            bus?.Invoke(x);
            x.UsePostgreSqlOutboxOnEndpoints();
        }, storage);
}
