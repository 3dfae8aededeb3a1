using ExchangeBus.MassTransit.RabbitMq;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.MassTransitRabbitMq;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class When_a_connection_is_lost
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeChannel _channel = new();
    private readonly Consuming _consuming = new();
    private Task _watched = null!;

    [SetUp]
    public void SetUp() => _watched = new ConnectionWatchFilter(_time).Send(_channel.Context, _consuming);

    [Test]
    public async Task Should_leave_an_endpoint_alone_whose_connection_is_open()
    {
        await AdvanceAsync(60);
        Assert.That(_watched.IsCompleted, Is.False);

        _consuming.End.SetResult();
        await _watched;
    }

    [Test]
    public async Task Should_begin_anew_where_the_channel_was_not_told()
    {
        _channel.IsConnectionOpen = false;
        await AdvanceAsync(4);
        Assert.That(_watched.IsCompleted, Is.False, "it may still be told");

        await AdvanceAsync(1);
        await Assert.ThrowsAsync<ConnectionException>(() => _watched.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task Should_wait_for_the_handlers_where_the_channel_was_told()
    {
        _channel.IsConnectionOpen = _channel.IsOpen = false;
        await AdvanceAsync(60);
        Assert.That(_watched.IsCompleted, Is.False);
    }

    [Test]
    public async Task Should_hand_on_how_consuming_ended()
    {
        _consuming.End.SetException(new InvalidOperationException("as told"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _watched);
    }

    private async Task AdvanceAsync(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            // What waits for the clock goes on elsewhere.
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private sealed class Consuming : IPipe<ChannelContext>
    {
        public TaskCompletionSource End { get; } = new();

        public Task Send(ChannelContext context) => End.Task;

        public void Probe(ProbeContext context)
        {
        }
    }
}
