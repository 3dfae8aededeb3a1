using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace ExchangeBus.Contracts;

/// <summary>What a field says instead of a value (Circular 13/2017/TT-BTTTT, article 8.2).</summary>
public enum FieldState
{
    /// <summary>There is a value.</summary>
    Value,

    /// <summary>There is a value in the world, and the sender does not know it: <c>{ "state": "unknown" }</c>.</summary>
    Unknown,

    /// <summary>The sender knows that there is none: <c>{ "state": "none" }</c>.</summary>
    None,
}

/// <summary>
/// A field that holds a value, or says that it is unknown, or that there is none. A field that says nothing is absent: null.
/// In JSON a value stands as it is, a state as an object with the one member <c>state</c>, so no <typeparamref name="T"/> may have such a member.
/// </summary>
/// <typeparam name="T">What the field holds.</typeparam>
[JsonConverter(typeof(StatedConverterFactory))]
public sealed record Stated<T>
    where T : class
{
    internal Stated(T? value, FieldState state) => (Value, State) = (value, state);

    /// <summary>The value; null exactly when <see cref="State"/> is not <see cref="FieldState.Value"/>.</summary>
    public T? Value { get; }

    /// <summary>What the field says.</summary>
    public FieldState State { get; }

    /// <summary>A value stands for itself; no value is a field that says nothing.</summary>
    /// <param name="value">The value, or null.</param>
    [return: NotNullIfNotNull(nameof(value))]
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Stated.Of is the alternate.")]
    public static implicit operator Stated<T>?(T? value) => value is null ? null : Stated.Of(value);
}

/// <summary>Makes <see cref="Stated{T}"/>.</summary>
public static class Stated
{
    /// <summary>A field with a value.</summary>
    public static Stated<T> Of<T>(T value)
        where T : class => new(value, FieldState.Value);

    /// <summary>A field whose value the sender does not know.</summary>
    public static Stated<T> Unknown<T>()
        where T : class => new(null, FieldState.Unknown);

    /// <summary>A field that has no value, as the sender knows.</summary>
    public static Stated<T> None<T>()
        where T : class => new(null, FieldState.None);
}
