using ExchangeBus.MassTransit.RabbitMq;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.Tests.MassTransitRabbitMq;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class When_a_connection_is_lost
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeChannel _channel = new();
    private readonly Consuming _consuming = new();
    private Task _watched = null!;

    [SetUp]
    public void SetUp() => _watched = new ConnectionWatchFilter(_time).Send(_channel.Context, _consuming);

    [Test]
    public async Task Should_leave_an_endpoint_alone_whose_connection_is_open()
    {
        await LookAsync(60);
        Assert.That(_watched.IsCompleted, Is.False);

        _consuming.End.SetResult();
        await _watched.WaitAsync(Enough);
    }

    [Test]
    public async Task Should_tell_the_consumer_and_begin_anew_when_it_has_ended()
    {
        _channel.IsConnectionOpen = false;
        await LookAsync(5);
        Assert.That(_consuming.IsTold.IsCompleted, Is.False, "it may still be told by others");
        _time.Advance(TimeSpan.FromSeconds(1));
        await _consuming.IsTold.WaitAsync(Enough);
        Assert.That(_watched.IsCompleted, Is.False, "its handlers have not ended");

        _consuming.End.SetResult();
        await Assert.ThrowsAsync<ConnectionException>(() => _watched.WaitAsync(Enough));
        Assert.That(_channel.ContinuationTimeout, Is.EqualTo(TimeSpan.FromSeconds(1)), "nobody answers when the channel is closed");
    }

    [Test]
    public async Task Should_begin_anew_beside_handlers_that_do_not_end()
    {
        _channel.IsConnectionOpen = false;
        await LookAsync(5);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _consuming.IsTold.WaitAsync(Enough);
        for (var minutes = 0; minutes < 100 && !_watched.IsCompleted; minutes++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        await Assert.ThrowsAsync<ConnectionException>(() => _watched.WaitAsync(Enough));
    }

    [Test]
    public async Task Should_wait_for_the_handlers_where_the_channel_was_told()
    {
        _channel.IsConnectionOpen = _channel.IsOpen = false;
        await LookAsync(60);
        Assert.That(_watched.IsCompleted, Is.False);
        Assert.That(_consuming.IsTold.IsCompleted, Is.False);
    }

    [Test]
    public async Task Should_hand_on_how_consuming_ended()
    {
        _consuming.End.SetException(new InvalidOperationException("as told"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _watched.WaitAsync(Enough));
    }

    /// <summary>Advances the clock until the watch has looked so often.</summary>
    private async Task LookAsync(int times)
    {
        for (var until = _channel.Looks + times; _channel.Looks < until;)
        {
            var before = _channel.Looks;
            _time.Advance(TimeSpan.FromSeconds(1));
            for (var i = 0; i < 3000 && _channel.Looks == before; i++)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            Assert.That(_channel.Looks, Is.GreaterThan(before), "it looks every second");
            // The wait for the next second begins elsewhere.
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>Consumes until it is told to end; a consumer is told by the channel.</summary>
    private sealed class Consuming : IPipe<ChannelContext>
    {
        private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource End { get; } = new();

        public Task IsTold => _told.Task;

        public async Task Send(ChannelContext context)
        {
            var consumer = FakeChannel.Fake.Of<IAsyncBasicConsumer>((name, _) =>
            {
                if (name == nameof(IAsyncBasicConsumer.HandleChannelShutdownAsync))
                    _told.SetResult();
                return Task.CompletedTask;
            });
            await context.BasicConsume("queue", false, false, new Dictionary<string, object>(), consumer, "", CancellationToken.None);
            await End.Task;
        }

        public void Probe(ProbeContext context)
        {
        }
    }
}
