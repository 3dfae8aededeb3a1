using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExchangeBus.Contracts;

namespace ExchangeBus.MassTransit.CloudEvents;

/// <summary>Which message class stands for which CloudEvents type, and who is speaking.</summary>
public sealed class CloudEventsOptions
{
    private readonly Dictionary<string, Type> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _types = [];

    /// <summary>The <c>source</c> of every event that this bus instance sends. Required before the first send.</summary>
    public string Source { get; set; } = "";

    /// <summary>Gives <c>time</c> to events that are sent. Default: the system's clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>How bodies are written and read. Default: camelCase, absent instead of null.</summary>
    public JsonSerializerOptions Json { get; set; } = new(EventData.Json)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(EventData.Json.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
    };

    /// <summary>Says that events of a type are read into, and written from, a message class.</summary>
    /// <exception cref="ArgumentException">The type or the class stands for another one already.</exception>
    public CloudEventsOptions Map<T>(string type)
        where T : class
    {
        _classes.Add(type, typeof(T));
        _types.Add(typeof(T), type);
        return this;
    }

    internal Type? ClassOf(string type) => _classes.GetValueOrDefault(type);

    internal string TypeOf(Type messageClass) => _types.TryGetValue(messageClass, out var type)
        ? type
        : throw new InvalidOperationException($"{messageClass.Name} stands for no CloudEvents type; add it with {nameof(CloudEventsOptions)}.{nameof(Map)}.");
}
