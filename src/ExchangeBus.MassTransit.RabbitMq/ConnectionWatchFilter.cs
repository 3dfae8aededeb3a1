using MassTransit;
using MassTransit.Configuration;
using MassTransit.RabbitMqTransport;

namespace ExchangeBus.MassTransit.RabbitMq;

/// <summary>Stands around everything that an endpoint does on one channel: declare, consume, end.</summary>
internal sealed class ConnectionWatchFilter(TimeProvider timeProvider) : IFilter<ChannelContext>
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>A connection tells its channels within milliseconds, unless one of them waits for handlers.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long handlers may go on after they were cancelled; then the endpoint begins anew beside them.</summary>
    public static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var channel = new WatchedChannel(context);
        var consuming = next.Send(channel);
        long? lostSince = null;
        while (!consuming.IsCompleted)
        {
            await Task.WhenAny(consuming, Task.Delay(LookEvery, timeProvider)).ConfigureAwait(false);
            // A channel that knows is left alone: its endpoint may still wait for handlers.
            lostSince = channel.IsLost ? lostSince ?? timeProvider.GetTimestamp() : null;
            if (lostSince is { } since && timeProvider.GetElapsedTime(since) >= Patience && !consuming.IsCompleted)
                await EndAsync(channel, consuming).ConfigureAwait(false);
        }
        await consuming.ConfigureAwait(false);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("connectionWatch");

    private async Task EndAsync(WatchedChannel channel, Task consuming)
    {
        LogContext.Warning?.Log("The connection closed {Seconds} s ago, and a channel was not told; its endpoint is restarted", Patience.TotalSeconds);
        await channel.TellConsumerAsync().ConfigureAwait(false);
        await Task.WhenAny(consuming, Task.Delay(LongestEnd, timeProvider)).ConfigureAwait(false);
        // MassTransit closes the channel next, and nobody will answer that.
        channel.Channel.ContinuationTimeout = LookEvery;
        // However it ended: only a failure makes MassTransit take a new channel.
        throw new ConnectionException("The connection is closed, and a channel was not told.");
    }
}

internal sealed class ConnectionWatchSpecification(TimeProvider timeProvider) : IPipeSpecification<ChannelContext>
{
    public void Apply(IPipeBuilder<ChannelContext> builder) => builder.AddFilter(new ConnectionWatchFilter(timeProvider));

    public IEnumerable<ValidationResult> Validate() => [];
}
