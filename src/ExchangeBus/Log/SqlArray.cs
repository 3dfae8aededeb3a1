using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Log;

/// <summary>Arrays as parameters: one statement writes many rows.</summary>
internal static class SqlArray
{
    internal static NpgsqlParameter<TValue[]> Of<TItem, TValue>(NpgsqlDbType type, IReadOnlyList<TItem> items, Func<TItem, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(items[i]);
        return Of(type, values);
    }

    internal static NpgsqlParameter<TValue[]> Of<TValue>(NpgsqlDbType type, TValue[] values) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
