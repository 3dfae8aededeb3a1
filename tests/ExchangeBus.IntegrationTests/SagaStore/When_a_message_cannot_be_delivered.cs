using System.Collections.Concurrent;
using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Eventually = ExchangeBus.Testing.Eventually;

namespace ExchangeBus.IntegrationTests.SagaStore;

/// <summary>The broker answers, but it does not take the messages of one destination.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class When_a_message_cannot_be_delivered
{
    private const int Undeliverable = 1500;

    private readonly Refusal _refusal = new();
    private FakeTimeProvider _time = null!;
    private StorageHost _host = null!;

    [SetUp]
    public async Task SetUp()
    {
        _time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _host = await StorageHost.StartAsync(_ => { }, services: x => x.AddSingleton<TimeProvider>(_time));
        _host.Bus.ConnectSendObserver(_refusal);
    }

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [Test]
    public async Task Should_hold_back_nobody_else_and_say_why_it_stays()
    {
        // More than the sweep looks at in one page.
        await SendAsync("refused", [.. Enumerable.Range(0, Undeliverable)], key: null);
        await _host.EventuallyAsync("select count(*) from {schema}.outbox where attempts > 0", (long)Undeliverable);
        _refusal.IsBrokerAway = true;
        await SendAsync("results", [1, 2, 3], key: "saga/1");
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.outbox"), Is.EqualTo(Undeliverable + 3));
        _refusal.IsBrokerAway = false;

        await _host.Get<OutboxSweep>().SweepAsync(default);

        await _host.EventuallyAsync(() => _host.Results.Count, 3, "results");
        Assert.That(_host.Results.Select(x => x.Count), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(await _host.ScalarAsync<string>("select min(last_error) from {schema}.outbox"), Is.EqualTo("InvalidOperationException: Refused by the test."));
        Assert.That(_refusal.Refused, Is.EqualTo(Undeliverable), "each is tried once, and not again before its time");
    }

    [Test]
    public async Task Should_be_tried_less_and_less_often_and_delivered_when_it_can_be()
    {
        await SendAsync("refused", [1], key: null);
        await _host.EventuallyAsync("select attempts from {schema}.outbox", 1);
        for (var seconds = 1; seconds <= 8; seconds *= 2)
        {
            var before = _refusal.Refused;
            _time.Advance(TimeSpan.FromSeconds(seconds * 0.9));
            await _host.Get<OutboxSweep>().SweepAsync(default);
            Assert.That(_refusal.Refused, Is.EqualTo(before), $"not before {seconds} s");
            _time.Advance(TimeSpan.FromSeconds(seconds * 0.2));
            await _host.Get<OutboxSweep>().SweepAsync(default);
            await _host.EventuallyAsync(() => _refusal.Refused, before + 1, $"after {seconds} s");
        }
        _refusal.IsLifted = true;
        _time.Advance(TimeSpan.FromMinutes(1.1));
        await _host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
    }

    [Test]
    public async Task Should_hold_back_what_comes_after_it_to_the_same_destination_only()
    {
        await SendAsync("refused", [1], key: "saga/1");
        await _host.EventuallyAsync("select attempts from {schema}.outbox", 1);
        await SendAsync("refused", [2], key: "saga/1");
        await SendAsync("refused", [3], key: "saga/2");
        await SendAsync("results", [4], key: "saga/1");
        await _host.EventuallyAsync(() => _host.Results.Count, 1, "results");

        Assert.That(_refusal.Numbers, Is.EqualTo(new[] { 1, 3 }), "the second of the lane waits for the first");
        _refusal.IsLifted = true;
        _time.Advance(TimeSpan.FromMinutes(2));
        await _host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
        Assert.That(_refusal.Numbers.Where(x => x is 1 or 2), Is.EqualTo(new[] { 1, 1, 2 }));
    }

    [Test]
    public async Task Should_be_delivered_by_the_sweep_when_the_transport_never_comes_back_from_a_send()
    {
        _refusal.IsHanging = true;
        await SendAsync("results", [1, 2], key: "saga/1");
        await _host.EventuallyAsync(() => _refusal.Hanging, 1, "sends that hang");
        _refusal.IsHanging = false;

        // The time a send may take is a third of the lease; then the row is free for the next sweep.
        var since = _time.GetUtcNow();
        await Eventually.GetAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(_host.Results.Count);
        }, n => n == 2, "results");

        Assert.That(_time.GetUtcNow() - since, Is.LessThan(_host.Get<PostgreSqlStorageOptions>().OutboxLease));
        Assert.That(_host.Results.Select(x => x.Count), Is.EqualTo(new[] { 1, 2 }));
        await _host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
    }

    private async Task SendAsync(string queue, int[] numbers, string? key)
    {
        await using var connection = await _host.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var outbox = _host.Get<BusOutbox>().Begin(transaction, key);
        var endpoint = await outbox.SendEndpointProvider.GetSendEndpoint(new Uri("queue:" + queue));
        foreach (var number in numbers)
            await endpoint.Send(new Counted { CounterId = Guid.Empty, Count = number }, x => x.Headers.Set("number", number));
        await outbox.CommitAsync();
    }

    private sealed class Refusal : ISendObserver
    {
        private readonly ConcurrentQueue<int> _numbers = [];
        private int _refused;
        private int _hanging;

        public bool IsBrokerAway { get; set; }

        public bool IsLifted { get; set; }

        /// <summary>A send neither ends nor heeds its cancellation.</summary>
        public bool IsHanging { get; set; }

        /// <summary>How many sends will never end.</summary>
        public int Hanging => Volatile.Read(ref _hanging);

        public int Refused => Volatile.Read(ref _refused);

        /// <summary>Which messages were tried at the refused destination.</summary>
        public int[] Numbers => [.. _numbers];

        public Task PreSend<T>(SendContext<T> context) where T : class
        {
            if (IsBrokerAway)
                throw new ConnectionException("The broker is away.");
            if (IsHanging)
            {
                Interlocked.Increment(ref _hanging);
                return new TaskCompletionSource().Task;
            }
            if (context.DestinationAddress!.AbsolutePath != "/refused")
                return Task.CompletedTask;
            _numbers.Enqueue(Convert.ToInt32(context.Headers.Get<long>("number"), System.Globalization.CultureInfo.InvariantCulture));
            if (IsLifted)
                return Task.CompletedTask;
            Interlocked.Increment(ref _refused);
            throw new InvalidOperationException("Refused by the test.");
        }

        public Task PostSend<T>(SendContext<T> context) where T : class => Task.CompletedTask;

        public Task SendFault<T>(SendContext<T> context, Exception exception) where T : class => Task.CompletedTask;
    }
}
