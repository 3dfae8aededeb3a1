using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.IntegrationTests.SagaStore;

public sealed record Remind
{
    public required Guid ReminderId { get; init; }
    public required int AfterHours { get; init; }
}

public sealed record ReminderDue
{
    public required Guid ReminderId { get; init; }
}

public sealed record ForgetReminder
{
    public required Guid ReminderId { get; init; }
}

public sealed class Reminder : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }
    public int CurrentState { get; set; }
    public Guid? Token { get; set; }
    public int Version { get; set; }
}

public sealed class ReminderMachine : MassTransitStateMachine<Reminder>
{
    public ReminderMachine()
    {
        InstanceState(x => x.CurrentState, Waiting, Reminded, Forgotten);
        Event(() => Asked, x => x.CorrelateById(m => m.Message.ReminderId));
        Event(() => Forgot, x => x.CorrelateById(m => m.Message.ReminderId));
        Schedule(() => Timeout, x => x.Token, x => x.Received = r => r.CorrelateById(m => m.Message.ReminderId));
        Initially(When(Asked)
            .Schedule(Timeout, x => new ReminderDue { ReminderId = x.Saga.CorrelationId }, x => TimeSpan.FromHours(x.Message.AfterHours))
            .TransitionTo(Waiting));
        During(Waiting,
            When(Asked).Schedule(Timeout, x => new ReminderDue { ReminderId = x.Saga.CorrelationId }, x => TimeSpan.FromHours(x.Message.AfterHours)),
            When(Timeout.Received).TransitionTo(Reminded),
            When(Forgot).Unschedule(Timeout).TransitionTo(Forgotten));
    }

    public State Waiting { get; private set; } = null!;
    public State Reminded { get; private set; } = null!;
    public State Forgotten { get; private set; } = null!;
    public Event<Remind> Asked { get; private set; } = null!;
    public Event<ForgetReminder> Forgot { get; private set; } = null!;
    public Schedule<Reminder, ReminderDue> Timeout { get; private set; } = null!;
}

internal sealed class When_a_message_is_scheduled
{
    private FakeTimeProvider _time = null!;
    private StorageHost _host = null!;
    private Guid _id;

    [SetUp]
    public async Task SetUp()
    {
        _id = NewId.NextGuid();
        // MassTransit adds a schedule's delay to the system's clock.
        _time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _host = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<ReminderMachine, Reminder>().PostgreSqlRepository();
            x.UsePostgreSqlOutboxOnEndpoints();
        }, services: x => x.AddSingleton<TimeProvider>(_time));
    }

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [Test]
    public async Task Should_come_when_it_is_due_and_not_before()
    {
        await _host.Bus.Publish(new Remind { ReminderId = _id, AfterHours = 3 });
        await StateAsync("Waiting");
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.scheduled_message"), Is.EqualTo(1));

        _time.Advance(TimeSpan.FromHours(2));
        await _host.Get<ScheduledMessages>().DeliverDueAsync(default);
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.scheduled_message"), Is.EqualTo(1));

        _time.Advance(TimeSpan.FromHours(2));
        await StateAsync("Reminded");
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.scheduled_message"), Is.Zero);
    }

    [Test]
    public async Task Should_not_come_after_it_was_cancelled()
    {
        await _host.Bus.Publish(new Remind { ReminderId = _id, AfterHours = 3 });
        await StateAsync("Waiting");
        await _host.Bus.Publish(new ForgetReminder { ReminderId = _id });
        await StateAsync("Forgotten");
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.scheduled_message"), Is.Zero);
    }

    [Test]
    public async Task Should_come_at_the_new_time_after_it_was_scheduled_anew()
    {
        await _host.Bus.Publish(new Remind { ReminderId = _id, AfterHours = 3 });
        await StateAsync("Waiting");
        var first = await _host.ScalarAsync<Guid>("select token from {schema}.scheduled_message");
        await _host.Bus.Publish(new Remind { ReminderId = _id, AfterHours = 1 });
        await _host.EventuallyAsync("select version from {schema}.saga_reminder", 2);
        Assert.That(await _host.ScalarAsync<Guid>("select token from {schema}.scheduled_message"), Is.Not.EqualTo(first));

        _time.Advance(TimeSpan.FromMinutes(61));
        await StateAsync("Reminded");
    }

    [Test]
    public async Task Should_be_found_when_another_process_scheduled_it()
    {
        await using var other = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<ReminderMachine, Reminder>().PostgreSqlRepository();
            x.UsePostgreSqlOutboxOnEndpoints();
        }, schema: _host.Schema);
        await other.Bus.Publish(new Remind { ReminderId = _id, AfterHours = 3 });
        await other.EventuallyAsync("select current_state from {schema}.saga_reminder", "Waiting");

        _time.Advance(TimeSpan.FromHours(4));
        await StateAsync("Reminded");
    }

    private Task StateAsync(string state) => _host.EventuallyAsync("select current_state from {schema}.saga_reminder", state);
}
