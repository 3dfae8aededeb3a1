using ExchangeBus.Client.Subscribing;
using ExchangeBus.SampleAgencies.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.SampleAgencies.Steps;

/// <summary>What an agency does with events of one type.</summary>
internal interface ITypeHandler : IEventHandler
{
    /// <summary>CloudEvents type.</summary>
    string Type { get; }
}

/// <summary>Takes an agency's subscription in and gives each event to whoever handles its type.</summary>
internal sealed class TypeDesk(IEnumerable<ITypeHandler> handlers, AgencyDescription agency, ILogger<TypeDesk> logger) : IEventHandler
{
    private readonly Dictionary<string, ITypeHandler> _handlers = handlers.ToDictionary(handler => handler.Type, StringComparer.Ordinal);

    public Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        if (_handlers.TryGetValue(context.Event.Type, out var handler))
            return handler.HandleAsync(context, cancellationToken);
        logger.UnexpectedType(agency.Subscription, context.Event.Type);
        return Task.CompletedTask;
    }
}
