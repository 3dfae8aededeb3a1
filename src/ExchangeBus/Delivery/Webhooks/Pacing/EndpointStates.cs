using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Delivery.Webhooks.Pacing;

/// <summary>The states of all endpoints, by the name of the subscription.</summary>
internal sealed class EndpointStates(IOptions<WebhooksOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, EndpointState> _states = new(StringComparer.Ordinal);

    internal EndpointState Of(WebhookEndpoint endpoint)
    {
        var state = _states.GetOrAdd(endpoint.Name, static (_, context) => context.Self.Create(context.Address), (Self: this, endpoint.Address));
        if (ReferenceEquals(state.Address, endpoint.Address) || state.Address == endpoint.Address)
            return state;
        // What the old address has done is not held against the new one.
        var anew = Create(endpoint.Address);
        return _states.TryUpdate(endpoint.Name, anew, state) ? anew : Of(endpoint);
    }

    /// <summary>For an operator's page; null when this process has not called it since it started.</summary>
    internal CircuitStatus? Find(string name) => _states.TryGetValue(name, out var state) ? state.Circuit.Status : null;

    /// <summary>When a subscription ends.</summary>
    internal void Forget(string name) => _states.TryRemove(name, out _);

    private EndpointState Create(Uri address) => new(address, options.Value, time);
}
