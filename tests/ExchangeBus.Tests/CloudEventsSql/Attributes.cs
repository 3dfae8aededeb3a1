using ExchangeBus.CloudEvents.Sql;

namespace ExchangeBus.Tests.CloudEventsSql;

/// <summary>The attributes of an event, from a dictionary or as pairs.</summary>
internal sealed class Attributes : ICesqlAttributes
{
    public static readonly Attributes None = new();

    private readonly Dictionary<string, CesqlValue> _values;
    private readonly Dictionary<string, CesqlValue>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public Attributes(params (string Name, object Value)[] values)
        : this(values.ToDictionary(v => v.Name, v => v.Value))
    {
    }

    public Attributes(IReadOnlyDictionary<string, object> values)
    {
        _values = values.ToDictionary(v => v.Key, v => Of(v.Value));
        _lookup = _values.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static CesqlValue Of(object value) => value switch
    {
        bool truth => CesqlValue.Of(truth),
        int number => CesqlValue.Of(number),
        _ => CesqlValue.Of((string)value),
    };

    public bool TryGet(ReadOnlySpan<char> name, out CesqlValue value) => _lookup.TryGetValue(name, out value);
}
