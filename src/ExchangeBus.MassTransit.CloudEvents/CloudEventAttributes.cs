using System.Diagnostics.CodeAnalysis;
using ExchangeBus.Contracts;
using MassTransit;

namespace ExchangeBus.MassTransit.CloudEvents;

/// <summary>The attributes that a sender gives to one message, beside those that are made for it (id, source, type, time).</summary>
public sealed record CloudEventAttributes
{
    /// <summary>CloudEvents <c>subject</c>: a dossier or record number, never a personal number. Absent by default.</summary>
    public string? Subject { get; init; }

    /// <summary>Extension attributes by name; see <see cref="ExtensionAttributes"/>. A null value is left out. Empty by default.</summary>
    public IReadOnlyDictionary<string, string?> Extensions { get; init; } = new Dictionary<string, string?>();
}

/// <summary>CloudEvents attributes on MassTransit's contexts.</summary>
public static class CloudEventContextExtensions
{
    /// <summary>Gives attributes to the message that is being sent.</summary>
    public static void SetCloudEventAttributes(this SendContext context, CloudEventAttributes attributes) =>
        context.AddOrUpdatePayload(() => attributes, _ => attributes);

    /// <summary>The event that is being consumed, with all its attributes; false when the message did not come as a CloudEvent.</summary>
    public static bool TryGetCloudEvent(this ConsumeContext context, [NotNullWhen(true)] out CloudEvent? cloudEvent)
    {
        cloudEvent = (context.SerializerContext as CloudEventSerializerContext)?.Event;
        return cloudEvent is not null;
    }
}
