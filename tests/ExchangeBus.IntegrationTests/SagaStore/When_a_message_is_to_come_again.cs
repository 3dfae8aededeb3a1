using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

public sealed record TryLater
{
    public required Guid CounterId { get; init; }
}

/// <summary>Learns of its instance by another message, which may come later.</summary>
public sealed class PatientMachine : MassTransitStateMachine<Counter>
{
    public PatientMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => Started, x => x.CorrelateById(m => m.Message.CounterId));
        Event(() => Later, x =>
        {
            x.CorrelateById(m => m.Message.CounterId);
            x.OnMissingInstance(m => m.Redeliver(r => r.Interval(20, TimeSpan.FromMilliseconds(300))));
        });
        Initially(When(Started).TransitionTo(Counting));
        During(Counting, When(Later).Then(x => x.Saga.Add()).Publish(x => new Counted { CounterId = x.Saga.CorrelationId, Count = x.Saga.Count }));
    }

    public State Counting { get; private set; } = null!;
    public Event<StartCounting> Started { get; private set; } = null!;
    public Event<TryLater> Later { get; private set; } = null!;
}

public sealed class FailsTwice : IConsumer<CountOne>
{
    private static int _attempts;

    public static int Attempts => Volatile.Read(ref _attempts);

    public Task Consume(ConsumeContext<CountOne> context) => Interlocked.Increment(ref _attempts) < 3
        ? throw new InvalidOperationException("Not yet.")
        : context.Publish(new Counted { CounterId = context.Message.CounterId, Count = 1 });
}

public sealed class PublishesOne : IExecuteActivity<PublishesOne.Arguments>
{
    public sealed record Arguments
    {
        public required int Number { get; init; }
    }

    public async Task<ExecutionResult> Execute(ExecuteContext<Arguments> context)
    {
        await context.Publish(new Counted { CounterId = Guid.Empty, Count = context.Arguments.Number });
        return context.Completed();
    }
}

internal sealed class When_a_message_is_to_come_again
{
    [Test]
    public async Task Should_be_handled_once_when_its_saga_has_come()
    {
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<PatientMachine, Counter>().PostgreSqlRepository();
            x.UsePostgreSqlOutboxOnEndpoints();
        });
        var id = NewId.NextGuid();
        var messageId = NewId.NextGuid();
        // A copy of it is not put off once more.
        for (var copy = 0; copy < 2; copy++)
            await host.Bus.Publish(new TryLater { CounterId = id }, x => x.MessageId = messageId);
        await host.ReceivedAsync(2);
        await host.EventuallyAsync("select count(*) from {schema}.scheduled_message", 1L);

        await host.Bus.Publish(new StartCounting { CounterId = id });

        await host.EventuallyAsync(() => host.Results.Count, 1, "results");
        Assert.That(await host.ScalarAsync<int>("select (data ->> 'count')::int from {schema}.saga_counter"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_come_by_the_scheduler_when_the_endpoint_redelivers()
    {
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddConsumer<FailsTwice>();
            x.AddConfigureEndpointsCallback((_, _, endpoint) => endpoint.UseScheduledRedelivery(r => r.Interval(3, TimeSpan.FromMilliseconds(300))));
            x.UsePostgreSqlOutboxOnEndpoints();
        });
        await host.Bus.Publish(new CountOne { CounterId = NewId.NextGuid() });

        await host.EventuallyAsync(() => host.Results.Count, 1, "results");
        Assert.That(FailsTwice.Attempts, Is.EqualTo(3));
        Assert.That(await host.ScalarAsync<long>("select count(*) from {schema}.inbox"), Is.EqualTo(1));
        await host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
    }

    [Test]
    public async Task Should_run_each_activity_of_a_slip_once_also_when_two_are_of_one_kind()
    {
        await using var host = await StorageHost.StartAsync(x =>
        {
            x.AddExecuteActivity<PublishesOne, PublishesOne.Arguments>();
            x.UsePostgreSqlOutboxOnEndpoints();
        });
        var slip = new RoutingSlipBuilder(NewId.NextGuid());
        foreach (var number in new[] { 1, 2 })
            slip.AddActivity("publishes", new Uri("queue:PublishesOne_execute"), new { Number = number });
        await host.Bus.Execute(slip.Build());

        await host.EventuallyAsync(() => string.Join(",", host.Results.Select(x => x.Count)), "1,2", "results");
        Assert.That(await host.ScalarAsync<long>("select count(*) from {schema}.inbox"), Is.EqualTo(2));
        await host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
    }
}
