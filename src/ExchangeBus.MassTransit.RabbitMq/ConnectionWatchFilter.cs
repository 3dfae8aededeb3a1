using MassTransit;
using MassTransit.Configuration;
using MassTransit.RabbitMqTransport;

namespace ExchangeBus.MassTransit.RabbitMq;

/// <summary>Stands around everything that an endpoint does on one channel: declare, consume, end.</summary>
internal sealed class ConnectionWatchFilter(TimeProvider timeProvider) : IFilter<ChannelContext>
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>A connection that ends as it should takes its channels with it within milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var consuming = next.Send(context);
        var lostFor = TimeSpan.Zero;
        while (!consuming.IsCompleted && lostFor < Patience)
        {
            await Task.WhenAny(consuming, Task.Delay(LookEvery, timeProvider)).ConfigureAwait(false);
            // A channel that knows is left alone: its endpoint may still wait for handlers.
            lostFor = !context.ConnectionContext.Connection.IsOpen && context.Channel.IsOpen ? lostFor + LookEvery : TimeSpan.Zero;
        }

        if (!consuming.IsCompleted)
        {
            LogContext.Warning?.Log("A connection is closed since {Seconds} s, and a channel was not told; its endpoint is restarted", Patience.TotalSeconds);
            // MassTransit closes the channel first, and nobody will answer that.
            context.Channel.ContinuationTimeout = LookEvery;
            throw new ConnectionException("The connection is closed, and a channel was not told.");
        }
        await consuming.ConfigureAwait(false);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("connectionWatch");
}

internal sealed class ConnectionWatchSpecification(TimeProvider timeProvider) : IPipeSpecification<ChannelContext>
{
    public void Apply(IPipeBuilder<ChannelContext> builder) => builder.AddFilter(new ConnectionWatchFilter(timeProvider));

    public IEnumerable<ValidationResult> Validate() => [];
}
