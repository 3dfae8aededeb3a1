using System.Collections.Immutable;
using System.Text.Json;

namespace ExchangeBus.Contracts;

/// <summary>Gathers attributes one by one, from JSON or from headers, and says everything that is wrong with them at once.</summary>
public sealed class CloudEventBuilder
{
    private readonly Dictionary<string, AttributeValue> _attributes = new(12, StringComparer.Ordinal);
    private readonly List<Violation> _violations = [];

    /// <summary>Everything found wrong so far.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>The body as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>Adds what is wrong outside a single attribute.</summary>
    public void Refuse(Violation violation) => _violations.Add(violation);

    /// <summary>For data that came apart from the attributes: remembers when it is not JSON, nested at most 64 levels.</summary>
    public void RefuseMalformedData()
    {
        if (Data.IsEmpty)
            return;
        try
        {
            var reader = new Utf8JsonReader(Data.Span);
            while (reader.Read())
            {
                // Only reading to the end shows that all of it is JSON.
            }
        }
        catch (JsonException e)
        {
            _violations.Add(EnvelopeViolations.Malformed(e));
        }
    }

    /// <summary>Takes one attribute; what is wrong with its name or value is remembered.</summary>
    public void Add(string name, AttributeValue value)
    {
        if (!EnvelopeRules.IsName(name))
            _violations.Add(EnvelopeViolations.BadName(name.Length > EnvelopeRules.MaxNameLength ? "" : $"/{name}"));
        else if (!_attributes.TryAdd(name, value))
            _violations.Add(EnvelopeViolations.Repeated(name));
        else
            EnvelopeRules.Check(name, value.Text, _violations);
    }

    /// <summary>The source as far as it is known, for a rejection to name.</summary>
    public string? Source => _attributes.TryGetValue("source", out var value) ? value.Text : null;

    /// <summary>The id as far as it is known, for a rejection to name.</summary>
    public string? Id => _attributes.TryGetValue("id", out var value) ? value.Text : null;

    /// <summary>The event, or null when <see cref="Violations"/> says why not.</summary>
    public CloudEvent? Build()
    {
        if (!_attributes.Remove("specversion", out var version))
            _violations.Add(EnvelopeViolations.Missing("specversion"));
        else if (version.Text != "1.0")
            _violations.Add(EnvelopeViolations.SpecVersion());

        var id = Required("id");
        var source = Required("source");
        var type = Required("type");
        if (_violations.Count > 0)
            return null;

        var subject = Optional("subject");
        var time = Optional("time");
        var schema = Optional("dataschema");
        var contentType = Optional("datacontenttype");
        return new CloudEvent
        {
            Id = id!,
            Source = source!,
            Type = type!,
            Subject = subject,
            TimeText = time,
            DataSchema = schema,
            DataContentType = contentType,
            Extensions = _attributes.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Data = Data,
        };
    }

    private string? Required(string name)
    {
        var value = Optional(name);
        if (value is null && !_violations.Exists(v => v.Pointer == $"/{name}"))
            _violations.Add(EnvelopeViolations.Missing(name));
        return value;
    }

    private string? Optional(string name) => _attributes.Remove(name, out var value) ? value.Text : null;
}
