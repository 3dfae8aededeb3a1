using System.Globalization;

namespace ExchangeBus.CloudEvents.Sql;

/// <summary>A value of an attribute or of an expression. The default is the Boolean <c>false</c>. A part of a text refers to the whole, without a copy.</summary>
public readonly struct CesqlValue : IEquatable<CesqlValue>
{
    private readonly string? _text;
    private readonly int _start;
    private readonly int _number;

    private CesqlValue(CesqlType type, int number, string? text, int start)
    {
        (Type, _number, _text, _start) = (type, number, text, start);
    }

    /// <summary>Boolean, Integer or String.</summary>
    public CesqlType Type { get; }

    /// <summary>The Boolean; <c>false</c> when the value is of another type.</summary>
    public bool Boolean => Type == CesqlType.Boolean && _number != 0;

    /// <summary>The Integer; 0 when the value is of another type.</summary>
    public int Integer => Type == CesqlType.Integer ? _number : 0;

    /// <summary>The String; empty when the value is of another type.</summary>
    public ReadOnlySpan<char> Text => Type == CesqlType.String ? _text.AsSpan(_start, _number) : default;

    /// <summary>A Boolean.</summary>
    public static CesqlValue Of(bool value) => new(CesqlType.Boolean, value ? 1 : 0, null, 0);

    /// <summary>An Integer.</summary>
    public static CesqlValue Of(int value) => new(CesqlType.Integer, value, null, 0);

    /// <summary>A String.</summary>
    public static CesqlValue Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(CesqlType.String, value.Length, value, 0);
    }

    /// <summary>The zero value of a type (section 3.1); of <see cref="CesqlType.Any"/> it is <c>false</c>, as section 3.2 demands.</summary>
    public static CesqlValue Zero(CesqlType type) => type switch
    {
        CesqlType.Integer => Of(0),
        CesqlType.String => Of(""),
        _ => default,
    };

    /// <summary>A part of this text, in UTF-16 units.</summary>
    internal CesqlValue Slice(int start, int length) => new(CesqlType.String, length, _text, _start + start);

    /// <inheritdoc/>
    public bool Equals(CesqlValue other) => Type == other.Type
        && (Type == CesqlType.String ? Text.SequenceEqual(other.Text) : _number == other._number);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CesqlValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Type == CesqlType.String ? string.GetHashCode(Text) : HashCode.Combine(Type, _number);

    /// <summary>The value cast to String as section 3.7 says: <c>true</c>, <c>-5</c>, or the text itself.</summary>
    public override string ToString() => Type switch
    {
        CesqlType.Boolean => _number != 0 ? "true" : "false",
        CesqlType.Integer => _number.ToString(CultureInfo.InvariantCulture),
        _ => _start == 0 && _number == _text!.Length ? _text : Text.ToString(),
    };

    /// <summary>Same type and same value.</summary>
    public static bool operator ==(CesqlValue left, CesqlValue right) => left.Equals(right);

    /// <summary>Another type or another value.</summary>
    public static bool operator !=(CesqlValue left, CesqlValue right) => !left.Equals(right);
}
