using System.Collections.Immutable;
using System.Globalization;

namespace ExchangeBus.Contracts;

/// <summary>
/// One event as it crosses a process boundary: CloudEvents 1.0 context attributes and a JSON body.
/// Source and id together are the idempotency key (CloudEvents 1.0, section "id").
/// </summary>
public sealed record CloudEvent
{
    /// <summary>Unique within <see cref="Source"/>; 1 to 256 bytes of UTF-8.</summary>
    public required string Id { get; init; }

    /// <summary>The publishing system: <c>urn:exchangebus:agency:&lt;agency code&gt;:&lt;system&gt;</c>.</summary>
    public required string Source { get; init; }

    /// <summary><c>vn.&lt;domain&gt;.&lt;event&gt;.v&lt;major&gt;</c>; a command is a type too.</summary>
    public required string Type { get; init; }

    /// <summary>The dossier or record number; never a personal number or a name. Absent by default.</summary>
    public string? Subject { get; init; }

    /// <summary>When the thing happened, by the publisher's clock. Absent by default.</summary>
    public DateTimeOffset? Time
    {
        get => TimeText is not null && EnvelopeRules.TryReadTime(TimeText, out var time) ? time : null;
        init => TimeText = value?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
    }

    /// <summary>The same as RFC 3339 text, exactly as the publisher wrote it, because a signature covers it.</summary>
    public string? TimeText { get; init; }

    /// <summary>The schema of <see cref="Data"/>; absent means the newest of the type's major version.</summary>
    public string? DataSchema { get; init; }

    /// <summary>Media type of <see cref="Data"/>; absent means <c>application/json</c>, the only one the bus takes.</summary>
    public string? DataContentType { get; init; }

    /// <summary>Every other attribute by its lower-case name (a-z, 0-9). Names are listed in <see cref="ExtensionAttributes"/>.</summary>
    public ImmutableSortedDictionary<string, AttributeValue> Extensions { get; init; } = ImmutableSortedDictionary<string, AttributeValue>.Empty;

    /// <summary>The body as UTF-8 JSON text; empty when the event has none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The text of an extension attribute, or null when the event does not carry it.</summary>
    public string? this[string extension] => Extensions.TryGetValue(extension, out var value) ? value.Text : null;

    /// <summary>A copy that carries one more extension attribute (or another value of it); null removes it.</summary>
    public CloudEvent With(string extension, string? value) => this with
    {
        Extensions = value is null ? Extensions.Remove(extension) : Extensions.SetItem(extension, new AttributeValue(value)),
    };
}
