namespace ExchangeBus.Delivery.Webhooks.Pacing;

/// <summary>What this process remembers of an endpoint. It lasts as long as the process and is no record of anything.</summary>
internal sealed class EndpointState(Uri address, WebhooksOptions options, TimeProvider time)
{
    internal Uri Address { get; } = address;

    internal CircuitBreaker Circuit { get; } = new(options.FailuresToOpen, options.FirstBreak, options.LongestBreak, time);

    internal ConcurrencyGate Gate { get; } = new();

    internal RequestRate Rate { get; } = new(time);
}
